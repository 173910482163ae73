"""The names of the months in the languages that news is written in, folded (Unicode CLDR; names of two months left out)."""

from __future__ import annotations

_GREGORIAN = (
    """
    ean eanáir ene enero gen gener gennaio ian ianuarie jaan jaanuar jan janar janeiro januar januari january január
    januára janv janvier janvāris janúar led leden ledna oca ocak saus sausio sausis sij siječanj siječnja sty styczeń
    stycznia tammi tammikuu tammikuuta xan xaneiro yan yanvar ιαν ιανουάριοσ ιανουαρίου сту студзень студзеня січ січень
    січня янв январь января яну януари јан јануар јануари қаң қаңтар հնվ հունվար հունվարի ינואר ינו׳ جانفي جنوری يناير
    जनवरी जन॰ जाने जानेवारी জানু জানুয়ারী ਜਨਵਰੀ જાન્યુ જાન્યુઆરી ஜனவரி జనవరి ಜನವರಿ ജനു ജനുവരി ජනවාරි ม.ค มกราคม ມ.ກ
    ມັງກອນ ဇန် ဇန်နဝါရီ იან იანვარი ጃንዋሪ មករា
    """,
    """
    feabh feabhra feb febbraio febr febreiro febrer febrero februar februari februarie february február februára februāris
    febrúar fev fevereiro fevral févr février helmi helmikuu helmikuuta lut lutego luty peb pebrero shk shkurt vas vasario
    vasaris veebr veebruar velj veljača veljače úno únor února şub şubat φεβ φεβρουάριοσ φεβρουαρίου ақп ақпан лют лютага
    лютий лютого люты феб фебруар фев февр февраль февраля февруари փետրվար փետրվարի փտվ פברואר פבר׳ شباط فبراير فروری
    فيفري फ़रवरी फ़र॰ फेब्रु फेब्रुअरी फेब्रुवारी ফেব ফেব্রুয়ারী ਫ਼ਰ ਫ਼ਰਵਰੀ ફેબ્રુ ફેબ્રુઆરી பிப் பிப்ரவரி ఫిబ్ర ఫిబ్రవరి
    ಫೆಬ್ರ ಫೆಬ್ರವರಿ ഫെബ്രു ഫെബ്രുവരി පෙබ පෙබරවාරි ก.พ กุมภาพันธ์ ກ.ພ ກຸມພາ ဖေဖော်ဝါရီ თებ თებერვალი ፌብሩዋሪ កុម្ភៈ
    """,
    """
    bře březen března kov kovas kovo maalis maaliskuu maaliskuuta maart mac machi mar marca march marec maret mars marso
    mart martie marts marzec marzo març março mrt márc március márta mär märts märz ožu ožujak ožujka μάρ μάρτιοσ μαρ
    μαρτίου бер березень березня мар март марта нау наурыз сак сакавік сакавіка մարտ մարտի մրտ מרץ آذار مارس مارچ मार्च
    মার্চ ਮਾਰਚ માર્ચ மார் மார்ச் మార్చి ಮಾರ್ಚ್ മാർ മാർച്ച് මාර් මාර්තු มี.ค มีนาคม ມ.ນ ມີນາ မတ် მარ მარტი ማርች មីនា
    """,
    """
    abr abril aib aibreán apr aprel april aprile aprili aprilie aprill apríl apríla aprīlis avr avril bal balandis
    balandžio dub duben dubna d’abr d’abril huhti huhtikuu huhtikuuta kwi kwiecień kwietnia nis nisan pri prill tra
    travanj travnja ápr április απρ απρίλιοσ απριλίου апр апрель апреля април квіт квітень квітня кра красавік красавіка
    сәу сәуір ապր ապրիլ ապրիլի אפריל אפר׳ أبريل أفريل اپریل نيسان अप्रिल अप्रैल एप्रि एप्रिल এপ্রি এপ্রিল ਅਪ੍ਰੈ ਅਪ੍ਰੈਲ
    એપ્રિલ ஏப் ஏப்ரல் ఏప్రి ఏప్రిల్ ಏಪ್ರಿ ಏಪ್ರಿಲ್ ഏപ്രി ഏപ്രിൽ අප්‍රේල් เม.ย เมษายน ມ.ສ ເມສາ ဧပြီ აპრ აპრილი ኤፕሪ ኤፕሪል មេសា
    """,
    """
    beal bealtaine geg gegužė gegužės kvě květen května mag maggio mai maig maijs maio maj maja may mayo mayıs maí mei máj
    mája május svi svibanj svibnja touko toukokuu toukokuuta μάι μάιοσ μαΐ μαΐου май мам мамыр мая мај трав травень
    травня մայիս մայիսի մյս מאי أيار مئی ماي مايو മേയ് මැයි พ.ค พฤษภาคม ພ.ພ ພຶດສະພາ მაი მაისი ឧសភា
    """,
    """
    birž birželio birželis cze czerwca czerwiec giu giugno haz haziran hun hunyo iun iunie iyn iyun juin jun june junho
    juni junij junio juny juuni jún júna június júní jūn jūnijs kesä kesäkuu kesäkuuta lipanj lipnja meith meitheamh qer
    qershor xuño červen června čvn ιουν ιουνίου ιούν ιούνιοσ июн июнь июня мау маусым черв червень червня чэр чэрвень
    чэрвеня юни јун јуни հնս հունիս հունիսի יוני جوان جون حزيران يونيو जुन जून জুন ਜੂਨ જૂન ஜூன் జూన్ ಜೂನ್ ജൂൺ ජූනි มิ.ย
    มิถุนายน ມິ.ຖ ມິຖຸນາ ဇွန် ივნ ივნისი មិថុនា
    """,
    """
    heinä heinäkuu heinäkuuta hul hulyo iul iulie iyl iyul iúil juil juillet jul julai julho juli julij julio juliol july
    juuli júl júla július júlí jūl jūlijs korr korrik liep liepa liepos lipca lipiec lug luglio srpanj srpnja tem temmuz
    xul xullo července červenec čvc ιουλ ιουλίου ιούλ ιούλιοσ июл июль июля лип липень липня ліп ліпень ліпеня шіл шілде
    юли јул јули հլս հուլիս հուլիսի יולי تموز جولائی جويلية يوليو يوليوز जुलाई जुलै जुल॰ জুল জুলাই ਜੁਲਾ ਜੁਲਾਈ જુલાઈ ஜூலை
    జులై ಜುಲೈ ജൂലൈ ජූලි ก.ค กรกฎาคม ກ.ລ ກໍລະກົດ ဇူလိုင် ივლ ივლისი ጁላይ កក្កដា
    """,
    """
    ago agost agosti agosto agu agustus août aug august augusta augusti augusts augustus augusztus avg avgust avq avqust
    ağu ağustos d’ag d’agost elo elokuu elokuuta gush gusht kol kolovoz kolovoza lún lúnasa ogo ogos rugp rugpjūtis
    rugpjūčio sie sierpień sierpnia srpen srpna ágú ágúst αυγ αυγούστου αύγ αύγουστοσ авг август августа жні жнівень
    жніўня серп серпень серпня там тамыз օգոստոս օգոստոսի օգս אוגוסט אוג׳ أغسطس أوت اگست غشت अगस्ट अगस्त अग॰ ऑगस्ट আগস্ট
    ਅਗਸਤ ઑગસ્ટ ஆகஸ்ட் ఆగస్టు ಆಗಸ್ಟ್ ഓഗസ്റ്റ് අගෝ අගෝස්තු ส.ค สิงหาคม ສ.ຫ ສິງຫາ ဩဂုတ် აგვ აგვისტო ኦገስ ኦገስት សីហា
    """,
    """
    eyl eylül mfómh rugs rugsėjis rugsėjo ruj rujan rujna sen sentabr sentyabr sep sept septemba septembar september
    septembra septembre septembrie septembris septiembre set setembre setembro settembre setyembre sht shtator syys
    syyskuu syyskuuta szept szeptember wrz wrzesień września zář září σεπ σεπτέμβριοσ σεπτεμβρίου вер верасень верасня
    вересень вересня сент сентябрь сентября сеп септембар септември қыр қыркүйек սեպ սեպտեմբեր սեպտեմբերի ספטמבר ספט׳
    أيلول سبتمبر ستمبر شتنبر सप्टें सप्टेंबर सितंबर सित॰ सेप्टेम्बर সেপ সেপ্টেম্বর ਸਤੰ ਸਤੰਬਰ સપ્ટે સપ્ટેમ્બર செப்
    செப்டம்பர் సెప్టెం సెప్టెంబర్ ಸೆಪ್ಟೆಂ ಸೆಪ್ಟೆಂಬರ್ സെപ്റ്റം സെപ്റ്റംബർ සැප් සැප්තැම්බර් ก.ย กันยายน ກ.ຍ ກັນຍາ စက်
    စက်တင်ဘာ სექ სექტემბერი ሴፕቴ ሴፕቴምበር កញ្ញា
    """,
    """
    dfómh d’oct d’octubre eki ekim loka lokakuu lokakuuta oct october octobre octombrie octubre okt oktabr oktoba oktobar
    oktober oktobris oktoober oktubre oktyabr október októbra ott ottobre out outubro paź październik października spal
    spalio spalis tet tetor říj říjen října οκτ οκτωβρίου οκτώβριοσ жовт жовтень жовтня кас кастрычнік кастрычніка окт
    октобар октомври октябрь октября қаз қазан հոկ հոկտեմբեր հոկտեմբերի אוקטובר אוק׳ أكتوبر اکتوبر अक्टूबर अक्टू॰ अक्टोबर
    ऑक्टो ऑक्टोबर অক্টো অক্টোবর ਅਕਤੂ ਅਕਤੂਬਰ ઑક્ટો ઑક્ટોબર அக் அக்டோபர் అక్టో అక్టోబర్ ಅಕ್ಟೋ ಅಕ್ಟೋಬರ್ ഒക്ടോ ഒക്‌ടോബർ ඔක්
    ඔක්තෝබර් ต.ค ตุลาคม ຕ.ລ ຕຸລາ အောက် အောက်တိုဘာ ოქტ ოქტომბერი ኦክቶ ኦክቶበር តុលា
    """,
    """
    kas kasım lapkr lapkritis lapkričio listopadu marras marraskuu marraskuuta nob nobyembre noiembrie nov novemba
    novembar november novembra novembre novembris novembro noviembre noy noyabr nën nëntor nóv nóvember samh samhain stu
    studeni studenoga νοέ νοέμβριοσ νοε νοεμβρίου лист листопад листопада ліс лістапад лістапада нов новембар ное ноември
    нояб ноябрь ноября қар қараша նոյ նոյեմբեր նոյեմբերի נובמבר נוב׳ نوفمبر نومبر نونبر नवंबर नव॰ नोभेम्बर नोव्हें
    नोव्हेंबर নভে নভেম্বর ਨਵੰ ਨਵੰਬਰ નવે નવેમ્બર நவம்பர் నవం నవంబర్ ನವೆಂ ನವೆಂಬರ್ നവം നവംബർ නොවැ නොවැම්බර් พ.ย พฤศจิกายน ພ.ຈ
    ພະຈິກ နို နိုဝင်ဘာ ნოე ნოემბერი ኖቬም ኖቬምበር វិច្ឆិកា
    """,
    """
    ara aralık dec decembar december decembra decembrie decembris decembro dek dekabr des desemba desember desembre dets
    detsember dez dezember dezembro dhj dhjetor dic dicembre diciembre dis disember disyembre déc décembre gru grudnia
    grudzień gruod gruodis gruodžio joulu joulukuu joulukuuta noll nollaig pro prosinac prosinca prosince prosinec δεκ
    δεκέμβριοσ δεκεμβρίου груд грудень грудня дек декабрь декабря декември дец децембар жел желтоқсан сне снежань снежня
    դեկ դեկտեմբեր դեկտեմբերի דצמבר דצמ׳ دجنبر دسمبر ديسمبر डिसें डिसेंबर डिसेम्बर दिसंबर दिस॰ ডিসে ডিসেম্বর ਦਸੰ ਦਸੰਬਰ ડિસે
    ડિસેમ્બર டிச டிசம்பர் డిసెం డిసెంబర్ ಡಿಸೆಂ ಡಿಸೆಂಬರ್ ഡിസം ഡിസംബർ දෙසැ දෙසැම්බර් ธ.ค ธันวาคม ທ.ວ ທັນວາ ဒီဇင်ဘာ დეკ
    დეკემბერი ዲሴም ዲሴምበር ធ្នូ
    """,
)
_PERSIAN = ["فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"]

MONTHS = {name: number for number, names in enumerate(_GREGORIAN, start=1) for name in names.split()}
"""The number (1 to 12) of a month of the common calendar by each of its names."""

PERSIAN_MONTHS = {name: number for number, name in enumerate(_PERSIAN, start=1)}
"""The number of a month of the Persian (solar Hijri) calendar."""
