/* A disk that fails when it is told to, and keeps a log of all that is written to it. Loaded before libc (LD_PRELOAD), it
   concerns only paths under DISK_UNDER (folders, joined by ':'). DISK_CONTROL is a file of rules shared with the test,
   DISK_LOG the file that the operations are written to, in the order in which they took effect. disk.py is its other half:
   the layouts of rule and entry stand there as well. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { OPEN = 1, WRITE = 2, SYNC = 4, TRUNCATE = 8, RENAME = 16, UNLINK = 32, LINK = 64, MKDIR = 128, RMDIR = 256, CLOSE = 512 };
enum { FAIL = 1, SHORT = 2, DIE = 3, DIE_TORN = 4, SLOW = 5 };

struct rule {
    int32_t is_on, kinds, action, error;
    int64_t after, after_bytes, times, seen, seen_bytes, hits, micros;
    char ending[72];
};
#define RULES 8
struct control {
    int64_t operations;
    struct rule rules[RULES];
};
struct entry {
    uint32_t magic, kind;
    int32_t error, flags;
    uint64_t inode, offset, length, nanoseconds;
    uint32_t path_length, other_length;
};

#define MOST 65536
static char *paths[MOST]; /* of what is open under the folders */
static uint64_t inodes[MOST];
static unsigned char appends[MOST];
static char *under;
static struct control *control;
static int log_to = -1;
static pid_t mine;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define OF(name)                                     \
    static __typeof__(&name) real_##name;            \
    if (!real_##name) real_##name = REAL(name)

static void in_the_child(void) {
    pthread_mutex_t fresh = PTHREAD_MUTEX_INITIALIZER;
    lock = fresh;
    mine = getpid();
}

__attribute__((constructor)) static void begin(void) {
    const char *control_at = getenv("DISK_CONTROL"), *log_at = getenv("DISK_LOG");
    under = getenv("DISK_UNDER");
    mine = getpid();
    if (under) under = strdup(under);
    if (control_at) {
        int fd = syscall(SYS_openat, AT_FDCWD, control_at, O_RDWR | O_CLOEXEC, 0);
        void *at = fd < 0 ? MAP_FAILED : mmap(0, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        if (at != MAP_FAILED) control = at;
        if (fd >= 0) syscall(SYS_close, fd);
    }
    if (log_at && *log_at) {
        int fd = syscall(SYS_openat, AT_FDCWD, log_at, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
        /* High up, out of the way of programs that close or count what is open. */
        log_to = fcntl(fd, F_DUPFD_CLOEXEC, 900);
        syscall(SYS_close, fd);
    }
    pthread_atfork(0, 0, in_the_child);
}

static int concerns(const char *path) {
    if (!under) return 0;
    for (const char *at = under; *at;) {
        size_t length = strcspn(at, ":");
        if (length && !strncmp(path, at, length) && (path[length] == '/' || !path[length])) return 1;
        at += length + (at[length] == ':');
    }
    return 0;
}

/* The path in full, without doubled strokes and points; 0 where it is none of ours. */
static int whole(int folder, const char *path, char *into) {
    char raw[2 * PATH_MAX] = "";
    if (!path || !under) return 0;
    if (*path != '/') {
        if (folder == AT_FDCWD) {
            if (syscall(SYS_getcwd, raw, PATH_MAX) < 0) return 0;
        } else {
            char link[64];
            snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
            ssize_t n = syscall(SYS_readlinkat, AT_FDCWD, link, raw, PATH_MAX - 1);
            if (n < 0) return 0;
            raw[n] = 0;
        }
        strcat(raw, "/");
    }
    if (strlen(raw) + strlen(path) >= PATH_MAX) return 0;
    strcat(raw, path);
    char *to = into;
    for (const char *at = raw; *at;) {
        while (*at == '/') at++;
        size_t n = strcspn(at, "/");
        if (n == 2 && at[0] == '.' && at[1] == '.') {
            while (to > into && *--to != '/') {}
        } else if (n && !(n == 1 && *at == '.')) {
            *to++ = '/';
            memcpy(to, at, n);
            to += n;
        }
        at += n;
    }
    *to = 0;
    return concerns(into);
}

static int ours(int fd) { return fd >= 0 && fd < MOST && paths[fd] != 0; }

static int ends(const char *path, const char *ending) {
    size_t n = strlen(path), m = strlen(ending);
    return n >= m && !strcmp(path + n - m, ending);
}

static void die(void) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

/* What the rules say about an operation: 0 go on, FAIL (errno is set), SHORT or DIE_TORN. */
static int judged(int kind, const char *path, size_t bytes) {
    if (!control) return 0;
    __sync_fetch_and_add(&control->operations, 1);
    for (int i = 0; i < RULES; i++) {
        struct rule *rule = &control->rules[i];
        if (!rule->is_on || !(rule->kinds & kind) || !ends(path, rule->ending)) continue;
        int64_t seen = __sync_add_and_fetch(&rule->seen, 1);
        int64_t written = __sync_add_and_fetch(&rule->seen_bytes, (int64_t)bytes);
        if (seen <= rule->after || written <= rule->after_bytes) continue;
        if (rule->times >= 0 && rule->hits >= rule->times) continue;
        __sync_fetch_and_add(&rule->hits, 1);
        if (rule->action == DIE) die();
        if (rule->action == SLOW) {
            usleep((useconds_t)rule->micros);
            continue;
        }
        if (rule->action == SHORT && bytes < 2) continue;
        errno = rule->error;
        return rule->action;
    }
    return 0;
}

static void put_down(int kind, const char *path, const char *other, uint64_t inode, uint64_t offset, const void *data,
                     size_t length, int flags, int error) {
    if (log_to < 0) return;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    struct entry entry = {0x4b534944, (uint32_t)kind, error, flags, inode, offset, length,
                          (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec,
                          (uint32_t)strlen(path), other ? (uint32_t)strlen(other) : 0};
    struct iovec parts[4] = {{&entry, sizeof entry}, {(void *)path, entry.path_length},
                             {(void *)(other ? other : ""), entry.other_length}, {(void *)data, data ? length : 0}};
    syscall(SYS_writev, log_to, parts, 4);
}

static uint64_t inode_of(int fd) {
    struct stat seen;
    return fstat(fd, &seen) ? 0 : seen.st_ino;
}

static void hold(int fd, const char *path, int flags) {
    if (fd < 0 || fd >= MOST) return;
    free(paths[fd]);
    inodes[fd] = inode_of(fd);
    appends[fd] = (flags & O_APPEND) != 0;
    paths[fd] = strdup(path);
}

#define IS_NEW 1
#define IS_CUT 2
static int opened(int folder, const char *given, int flags, mode_t mode) {
    char path[2 * PATH_MAX];
    if (!whole(folder, given, path)) return syscall(SYS_openat, folder, given, flags, mode);
    if ((flags & O_TMPFILE) == O_TMPFILE) { /* a file without a name could not be followed */
        errno = EOPNOTSUPP;
        return -1;
    }
    int writes = (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC));
    pthread_mutex_lock(&lock);
    struct stat before;
    int is_new = (flags & O_CREAT) && lstat(path, &before) != 0;
    int fd = -1;
    int says = writes ? judged(OPEN, path, 0) : 0;
    if (says != FAIL && says != DIE_TORN) fd = syscall(SYS_openat, folder, given, flags, mode);
    if (says == DIE_TORN) die();
    int error = fd < 0 ? errno : 0;
    if (fd >= 0) {
        hold(fd, path, flags);
        put_down(OPEN, path, 0, inodes[fd], 0, 0, 0, (is_new ? IS_NEW : 0) | (flags & O_TRUNC ? IS_CUT : 0), 0);
    } else if (writes)
        put_down(OPEN, path, 0, 0, 0, 0, 0, 0, error);
    pthread_mutex_unlock(&lock);
    errno = error;
    return fd;
}

#define MODE                                         \
    mode_t mode = 0;                                 \
    if (flags & (O_CREAT | __O_TMPFILE)) {           \
        va_list rest;                                \
        va_start(rest, flags);                       \
        mode = va_arg(rest, mode_t);                 \
        va_end(rest);                                \
    }
int open(const char *path, int flags, ...) { MODE return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return opened(AT_FDCWD, path, flags | O_LARGEFILE, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE return opened(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE return opened(folder, path, flags | O_LARGEFILE, mode); }
int __open_2(const char *path, int flags) { return opened(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return opened(AT_FDCWD, path, flags | O_LARGEFILE, 0); }
int __openat_2(int folder, const char *path, int flags) { return opened(folder, path, flags, 0); }
int __openat64_2(int folder, const char *path, int flags) { return opened(folder, path, flags | O_LARGEFILE, 0); }
int creat(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

static ssize_t written(int fd, const void *data, size_t length, off_t offset, int is_placed) {
    pthread_mutex_lock(&lock);
    int says = judged(WRITE, paths[fd], length);
    if (says == SHORT || says == DIE_TORN) length /= 2;
    off_t at = is_placed ? offset : appends[fd] ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
    ssize_t n = -1;
    if (says != FAIL) n = is_placed ? syscall(SYS_pwrite64, fd, data, length, offset) : syscall(SYS_write, fd, data, length);
    int error = n < 0 ? errno : 0;
    put_down(WRITE, paths[fd], 0, inodes[fd], (uint64_t)at, n > 0 ? data : 0, n > 0 ? (size_t)n : 0, 0, error);
    if (says == DIE_TORN) die();
    pthread_mutex_unlock(&lock);
    errno = error;
    return n;
}

ssize_t write(int fd, const void *data, size_t length) {
    return ours(fd) ? written(fd, data, length, 0, 0) : syscall(SYS_write, fd, data, length);
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) {
    return ours(fd) ? written(fd, data, length, offset, 1) : syscall(SYS_pwrite64, fd, data, length, offset);
}
ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) { return pwrite(fd, data, length, offset); }

static ssize_t scattered(int fd, const struct iovec *parts, int count, off_t offset, int is_placed) {
    ssize_t sum = 0;
    for (int i = 0; i < count; i++) {
        ssize_t n = written(fd, parts[i].iov_base, parts[i].iov_len, offset + sum, is_placed);
        if (n < 0) return sum ? sum : n;
        sum += n;
        if ((size_t)n < parts[i].iov_len) break;
    }
    return sum;
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
    return ours(fd) ? scattered(fd, parts, count, 0, 0) : syscall(SYS_writev, fd, parts, count);
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
    OF(pwritev);
    return ours(fd) ? scattered(fd, parts, count, offset, 1) : real_pwritev(fd, parts, count, offset);
}
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset) { return pwritev(fd, parts, count, offset); }

/* Copying inside the kernel could not be followed: whoever tries it has a slower way as well. */
static int refused(int fd) {
    if (!ours(fd)) return 0;
    errno = EINVAL;
    return 1;
}
ssize_t sendfile(int to, int from, off_t *offset, size_t count) {
    return refused(to) ? -1 : syscall(SYS_sendfile, to, from, offset, count);
}
ssize_t sendfile64(int to, int from, off64_t *offset, size_t count) { return sendfile(to, from, offset, count); }
ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t count, unsigned flags) {
    return refused(to) ? -1 : syscall(SYS_copy_file_range, from, from_at, to, to_at, count, flags);
}

#define JUDGED_FD(kind, call, offset, flags)                                                       \
    pthread_mutex_lock(&lock);                                                                     \
    int says = judged(kind, paths[fd], 0);                                                         \
    if (says == DIE_TORN) die();                                                                   \
    long result = says == FAIL ? -1 : (call);                                                      \
    int error = result < 0 ? errno : 0;                                                            \
    put_down(kind, paths[fd], 0, inodes[fd], (uint64_t)(offset), 0, 0, flags, error);              \
    pthread_mutex_unlock(&lock);                                                                   \
    errno = error;                                                                                 \
    return (int)result;

int fsync(int fd) {
    if (!ours(fd)) return (int)syscall(SYS_fsync, fd);
    JUDGED_FD(SYNC, syscall(SYS_fsync, fd), 0, 0)
}
int fdatasync(int fd) {
    if (!ours(fd)) return (int)syscall(SYS_fdatasync, fd);
    JUDGED_FD(SYNC, syscall(SYS_fdatasync, fd), 0, 0)
}
int ftruncate(int fd, off_t length) {
    if (!ours(fd)) return (int)syscall(SYS_ftruncate, fd, length);
    JUDGED_FD(TRUNCATE, syscall(SYS_ftruncate, fd, length), length, 0)
}
int ftruncate64(int fd, off64_t length) { return ftruncate(fd, length); }
#define IS_GROWN 4 /* only ever longer */
int fallocate(int fd, int how, off_t offset, off_t length) {
    if (!ours(fd)) return (int)syscall(SYS_fallocate, fd, how, offset, length);
    JUDGED_FD(TRUNCATE, syscall(SYS_fallocate, fd, how, offset, length), how ? 0 : offset + length, IS_GROWN)
}
int fallocate64(int fd, int how, off64_t offset, off64_t length) { return fallocate(fd, how, offset, length); }
int posix_fallocate(int fd, off_t offset, off_t length) { return fallocate(fd, 0, offset, length) ? errno : 0; }
int posix_fallocate64(int fd, off64_t offset, off64_t length) { return fallocate(fd, 0, offset, length) ? errno : 0; }
int truncate(const char *path, off_t length) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) return -1;
    int result = ftruncate(fd, length), error = errno;
    close(fd);
    errno = error;
    return result;
}
int truncate64(const char *path, off64_t length) { return truncate(path, length); }

#define NAMED(kind, first, second, call, flags)                                                    \
    pthread_mutex_lock(&lock);                                                                     \
    int says = judged(kind, *(second) ? (second) : (first), 0);                                    \
    if (says == DIE_TORN) die();                                                                   \
    long result = says == FAIL ? -1 : (call);                                                      \
    int error = result < 0 ? errno : 0;                                                            \
    put_down(kind, first, second, 0, 0, 0, 0, flags, error);                                       \
    pthread_mutex_unlock(&lock);                                                                   \
    errno = error;                                                                                 \
    return (int)result;

static int renamed(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
    char first[2 * PATH_MAX], second[2 * PATH_MAX];
    int is_ours = whole(from_folder, from, first);
    is_ours |= whole(to_folder, to, second);
    if (!is_ours) return (int)syscall(SYS_renameat2, from_folder, from, to_folder, to, flags);
    NAMED(RENAME, first, second, syscall(SYS_renameat2, from_folder, from, to_folder, to, flags), (int)flags)
}
int rename(const char *from, const char *to) { return renamed(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int a, const char *from, int b, const char *to) { return renamed(a, from, b, to, 0); }
int renameat2(int a, const char *from, int b, const char *to, unsigned flags) { return renamed(a, from, b, to, flags); }

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
    char first[2 * PATH_MAX], second[2 * PATH_MAX];
    int is_ours = whole(from_folder, from, first);
    is_ours |= whole(to_folder, to, second);
    if (!is_ours) return (int)syscall(SYS_linkat, from_folder, from, to_folder, to, flags);
    NAMED(LINK, first, second, syscall(SYS_linkat, from_folder, from, to_folder, to, flags), 0)
}
int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

int unlinkat(int folder, const char *path, int flags) {
    char first[2 * PATH_MAX];
    if (!whole(folder, path, first)) return (int)syscall(SYS_unlinkat, folder, path, flags);
    int kind = flags & AT_REMOVEDIR ? RMDIR : UNLINK;
    NAMED(kind, first, "", syscall(SYS_unlinkat, folder, path, flags), 0)
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }
int remove(const char *path) {
    int result = unlink(path);
    return result && (errno == EISDIR || errno == EPERM) ? rmdir(path) : result;
}
int mkdirat(int folder, const char *path, mode_t mode) {
    char first[2 * PATH_MAX];
    if (!whole(folder, path, first)) return (int)syscall(SYS_mkdirat, folder, path, mode);
    NAMED(MKDIR, first, "", syscall(SYS_mkdirat, folder, path, mode), 0)
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

/* A child that shares our memory (vfork) closes what is its own only. */
static void let_go(int fd) {
    if (!ours(fd) || getpid() != mine) return;
    free(paths[fd]);
    paths[fd] = 0;
}
int close(int fd) {
    if (fd == log_to && log_to >= 0) return 0;
    let_go(fd);
    return (int)syscall(SYS_close, fd);
}
static int copied(int from, int to) {
    if (to < 0 || getpid() != mine) return to;
    let_go(to);
    if (ours(from)) hold(to, paths[from], appends[from] ? O_APPEND : 0);
    return to;
}
int dup(int fd) { return copied(fd, (int)syscall(SYS_dup, fd)); }
int dup2(int fd, int to) { return fd == to ? fd : copied(fd, (int)syscall(SYS_dup3, fd, to, 0)); }
int dup3(int fd, int to, int flags) { return copied(fd, (int)syscall(SYS_dup3, fd, to, flags)); }
