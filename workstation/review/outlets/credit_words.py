"""The words by which a text credits an outlet, in the languages that stories are written in. Short lists, never complete.

``BEFORE`` stands before a name ("told Dawn"), ``AFTER`` behind it ("Dawn reported"). The weak ones are said of persons and firms
just as well ("Stern said") and count only for names that are hardly anybody else's.
"""

from __future__ import annotations

BEFORE = (
    # English
    "told|tells|telling|according to|reported by|published by|published in|spoke to|speaking to|spoke with|speaking with"
    "|interview(?:ed)? (?:with|by|to|for|in)|statement to|comments to|remarks to|shared with|wrote in|writing in|writing for"
    "|(?:report|analysis|editorial|op-ed|column|article|investigation|commentary|essay|story) (?:in|by|for|from)",
    # German, where the speaker may stand between
    r"(?:sagte|sagten|sagt|erklärte)(?: (?:er|sie|es|der|die|ein|eine|(?-i:[A-ZÄÖÜ])[\w-]+)){0,4}|gegenüber|laut"
    "|berichtete|berichtet|schreibt|im Gespräch mit|im Interview mit|nach Angaben|Bericht",
    # French
    "selon|d'après|a (?:déclaré|dit|confié|expliqué|affirmé|raconté) (?:à|au)|auprès de|entretien (?:à|avec|au)|rapporte",
    # Spanish, Portuguese, Italian
    "según|de acuerdo con|dijo a|declaró a|contó a|explicó a|informó|reportó|entrevista con",
    "segundo|de acordo com|disse (?:à|ao|a)|afirmou (?:à|ao|a)|contou (?:à|ao|a)|informou|noticiou",
    "secondo|ha detto (?:a|al|alla|all)|ha raccontato (?:a|al|alla|all)|intervista (?:a|al|alla|con)",
    # Dutch, Swedish, Norwegian, Danish, Polish
    "volgens|zei tegen|vertelde aan|enligt|säger till|sade till|ifølge|sa til|sagde til|według|powiedział[a]? dla",
    # Russian, Ukrainian
    "сообщает|сообщил[аи]?|пишет|передает|передаёт|рассказал[аи]?|заявил[аи]?|по данным"
    "|в интервью|по информации|повідомляє|пише|за даними",
    # Turkish, Indonesian
    "göre|konuşan|menurut|kepada",
)

AFTER = (
    "reported|reports|wrote|writes|revealed",
    "berichtete|berichtet|schrieb|schreibt|meldete|meldet",
    "rapporte|a rapporté|rapportait|écrit|a écrit|révèle|a révélé",
    "informó|informa|reportó|reporta|escribió|escribe|publicó|informou|noticiou|relatou|escreveu|publicou",
    "ha riferito|riferisce|scrive|ha scritto|riporta|ha riportato",
    "meldt|meldde|schrijft|schreef|rapporterade|rapporterar|skriver|skrev|rapporterer|podał|podała|pisze|informuje",
    "bildirdi|yazdı|aktardı|duyurdu|melaporkan",
    "сообщает|сообщил[аио]?|пишет|писал[аи]?|передает|передаёт|передал[аи]?|повідомляє|пише",
)
WEAK_AFTER = (
    "said|says|noted|notes|argued|argues|claimed|found|added|observed|explained",
    "zufolge|kommentierte|indique|a indiqué|affirme|señaló|apontou|sottolinea|отмечает|отметил[аио]?",
)
ADVERBS = "has|had|also|first|later|then|since|previously|originally|earlier|hat|habe|heeft|har"
FIGURES = (
    "(?:(?:an?|its|their|no|net|record|strong|weak|higher|lower|first|second|third|fourth|quarterly|annual|rising|falling|better"
    r"|worse|million|billion|in|of|[$€£]?\d\S*) )*(?:[a-z-]+ )?"
    "(?:profits?|loss|losses|earnings|revenues?|sales|results|income|growth|turnover|damage|outages?|delays?|cases|deaths"
    r"|injuries|problems|declines?|increases?|drop|rise|surplus|deficit)\b"
)
"""What a firm or an office reports, and no outlet: "Quarry reported a loss"."""
OWN_WORK = "report|reporting|analysis|editorial|editorial board|investigation|correspondent|coverage"
"""What belongs to an outlet: "Dawn's report"."""

KINDS = (
    "newspaper|paper|daily|weekly|tabloid|outlet|broadcaster|agency|magazine|channel|site|website|network|station|service|publication",
    "Zeitung|Tageszeitung|Wochenzeitung|Magazin|Nachrichtenmagazin|Sender|Nachrichtenagentur|Agentur|Blatt",
    "quotidien|journal|hebdomadaire|magazine|chaîne|agence|diario|periódico|cadena|agencia|revista|jornal|emissora|agência",
    "quotidiano|giornale|agenzia|settimanale|rivista|krant|dagblad|omroep|tidningen|avisen|avisa|dziennik|gazeta",
    "изданию|газете|агентству|телеканалу|журналу|порталу|издание|газета|агентство|телеканал|журнал|портал|виданню|газеті",
)
"""What an outlet is called before its name: "the newspaper Dawn"."""

ARTICLES = "the|The|der|die|das|dem|den|des|le|la|les|el|il|lo|o|a|ao|à|al|alla|het|de"

ARABIC_KINDS = "صحيفة|وكالة|قناة|موقع|شبكة|مجلة|جريدة|روزنامه|خبرگزاری|اخبار"
"""In scripts without capitals most names are also words or cities: there the kind has to stand before the name."""
HEBREW_KINDS = "עיתון|העיתון|אתר|באתר|לאתר|ערוץ|סוכנות"

UNSPACED_BEFORE = "据|據|告诉|告訴|接受|告诉了|对|對|向"
UNSPACED_AFTER = (
    "报道|報道|報導|记者报道|称|稱|写道|指出|披露"
    "|によると|によれば|が報じ|は報じ|が伝え|は伝え|の取材|에 따르면|이 보도|가 보도|은 보도|는 보도"
)
