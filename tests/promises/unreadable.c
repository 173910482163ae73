/* A disk that cannot be read: while the file UNREADABLE_WHILE is there, reading what lies under UNREADABLE_UNDER gives EIO.
   Loaded before libc (LD_PRELOAD). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int is_barred(int fd) {
    const char *under = getenv("UNREADABLE_UNDER"), *sign = getenv("UNREADABLE_WHILE");
    char link[64], path[4096];
    if (!under || !sign || syscall(SYS_faccessat, -100, sign, F_OK)) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return !strncmp(path, under, strlen(under));
}

#define READ(name, parameters, arguments)                                                    \
    ssize_t name parameters {                                                                \
        static ssize_t(*real) parameters;                                                    \
        if (!real) real = (ssize_t(*) parameters)dlsym(RTLD_NEXT, #name);                    \
        if (is_barred(fd)) {                                                                 \
            errno = EIO;                                                                     \
            return -1;                                                                       \
        }                                                                                    \
        return real arguments;                                                               \
    }

READ(read, (int fd, void *to, size_t length), (fd, to, length))
READ(pread, (int fd, void *to, size_t length, off_t at), (fd, to, length, at))
READ(pread64, (int fd, void *to, size_t length, off64_t at), (fd, to, length, at))
