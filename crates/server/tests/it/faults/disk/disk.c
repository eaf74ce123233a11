/* A disk with a memory and a temper, for the trials of power cuts and failing disks.
 *
 * Loaded before the C library (LD_PRELOAD) into a program that is tried. It looks at the files in one folder only:
 *
 *   DISK_FOLDER   the folder, as an absolute path
 *   DISK_RECORD   where every change to these files is written down, in the order in which it was made (may be absent)
 *
 * Two files in that folder are not the database's:
 *
 *   told          what the program writes there is put into the record: what it has promised to somebody by then
 *   temper        what the program writes there is obeyed: "write 7 stays", "sync 3 once", "full 5 stays", "read 2 once",
 *                 "well". The 7th write from now on fails, and all after it; the 3rd sync fails, alone; the 5th write
 *                 finds the disk full; the 2nd read fails. When the first one fails, a file `failed` is made in the folder.
 *
 * A record is a row of entries: kind (1 byte), file (4), place (8), length (4), then so many bytes. All little-endian.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FILES 4096
#define PATH 1024

enum kind { NOTHING, DATABASE, MEMORY, FOLDER, TOLD, TEMPER };
enum entry { BEGIN = 'B', OPEN = 'O', MAKE = 'M', WRITE = 'W', CUT = 'C', SYNC = 'S', FAILED_SYNC = 'F', NAMES = 'N', UNLINK = 'U', RENAME = 'R', SAID = 'T' };

static struct { enum kind kind; uint32_t number; } files[FILES];
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static char folder[PATH];
static size_t folder_length;
static int record = -1;
static uint32_t opened;

enum call { WRITING, SYNCING, READING };
static struct { enum { WELL, NO_WRITE, NO_SYNC, NO_ROOM, NO_READ } of; long after; int stays, has_failed; } temper;

static int (*real_open)(const char *, int, ...);
static int (*real_openat)(int, const char *, int, ...);
static int (*real_close)(int);
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_read)(int, void *, size_t);
static ssize_t (*real_pread)(int, void *, size_t, off_t);
static int (*real_fsync)(int), (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off_t);
static int (*real_unlink)(const char *);
static int (*real_rename)(const char *, const char *);

static void begin(void) {
  real_open = dlsym(RTLD_NEXT, "open64");
  real_openat = dlsym(RTLD_NEXT, "openat64");
  real_close = dlsym(RTLD_NEXT, "close");
  real_write = dlsym(RTLD_NEXT, "write");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_read = dlsym(RTLD_NEXT, "read");
  real_pread = dlsym(RTLD_NEXT, "pread64");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  real_unlink = dlsym(RTLD_NEXT, "unlink");
  real_rename = dlsym(RTLD_NEXT, "rename");
  const char *named = getenv("DISK_FOLDER"), *kept = getenv("DISK_RECORD");
  if (!named || strlen(named) >= PATH) return;
  strcpy(folder, named);
  folder_length = strlen(folder);
  if (kept) record = real_open(kept, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void note(enum entry entry, uint32_t file, uint64_t place, const void *bytes, size_t length) {
  if (record < 0) return;
  unsigned char head[17] = {entry};
  uint32_t length32 = (uint32_t)length;
  memcpy(head + 1, &file, 4);
  memcpy(head + 5, &place, 8);
  memcpy(head + 13, &length32, 4);
  if (real_write(record, head, sizeof head) != sizeof head || real_write(record, bytes, length) != (ssize_t)length) abort();
}

/* The constructor may come after the first call of somebody else's constructor. */
static void ready(void) { pthread_once(&once, begin); }
__attribute__((constructor)) static void start(void) {
  ready();
  note(BEGIN, 0, 0, "", 0);
}

static enum kind kind_of(const char *path) {
  if (folder_length == 0 || strncmp(path, folder, folder_length) != 0) return NOTHING;
  const char *name = path + folder_length;
  if (*name == 0) return FOLDER;
  if (*name++ != '/' || strchr(name, '/')) return NOTHING;
  if (strcmp(name, "told") == 0) return TOLD;
  if (strcmp(name, "temper") == 0) return TEMPER;
  size_t length = strlen(name);
  /* shared memory of SQLite: nothing of it outlives the machine */
  return length > 4 && strcmp(name + length - 4, "-shm") == 0 ? MEMORY : DATABASE;
}

static enum kind kind_at(int file) { return file >= 0 && file < FILES ? files[file].kind : NOTHING; }

/* Whether this call is one of those that fail; then errno says why. */
static int fails(enum call call) {
  enum call of = temper.of == NO_SYNC ? SYNCING : temper.of == NO_READ ? READING : WRITING;
  if (temper.of == WELL || of != call || --temper.after > 0) return 0;
  if (temper.after < 0 && !temper.stays) return 0;
  if (!temper.has_failed) {
    char path[PATH + 16];
    snprintf(path, sizeof path, "%s/failed", folder);
    int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT, 0600);
    if (file >= 0) syscall(SYS_close, file);
    temper.has_failed = 1;
  }
  errno = temper.of == NO_ROOM ? ENOSPC : EIO;
  return 1;
}

static void obey(const char *words, size_t length) {
  char text[64] = {0}, of[16] = {0}, how[16] = {0};
  memcpy(text, words, length < sizeof text ? length : sizeof text - 1);
  long after = 0;
  memset(&temper, 0, sizeof temper);
  if (sscanf(text, "%15s %ld %15s", of, &after, how) < 3) return;
  temper.of = strcmp(of, "write") == 0 ? NO_WRITE : strcmp(of, "sync") == 0 ? NO_SYNC : strcmp(of, "full") == 0 ? NO_ROOM : strcmp(of, "read") == 0 ? NO_READ : WELL;
  temper.after = after;
  temper.stays = strcmp(how, "stays") == 0;
}

static int opens(int at, const char *path, int flags, mode_t mode) {
  ready();
  enum kind kind = kind_of(path);
  if (kind == NOTHING) return real_openat(at, path, flags, mode);
  pthread_mutex_lock(&one_at_a_time);
  struct stat seen;
  int was_there = stat(path, &seen) == 0;
  int file = real_openat(at, path, flags, mode);
  if (file >= 0 && file < FILES) {
    files[file].kind = kind;
    files[file].number = ++opened;
    if (kind == DATABASE) note(was_there ? OPEN : MAKE, files[file].number, 0, path, strlen(path));
  }
  pthread_mutex_unlock(&one_at_a_time);
  return file;
}

#define MODE_OF(flags)                                   \
  mode_t mode = 0;                                       \
  if ((flags) & (O_CREAT | __O_TMPFILE)) {               \
    va_list more;                                        \
    va_start(more, flags);                               \
    mode = va_arg(more, mode_t);                         \
    va_end(more);                                        \
  }

int open(const char *path, int flags, ...) { MODE_OF(flags) return opens(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE_OF(flags) return opens(AT_FDCWD, path, flags | O_LARGEFILE, mode); }
int openat(int at, const char *path, int flags, ...) { MODE_OF(flags) return opens(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE_OF(flags) return opens(at, path, flags | O_LARGEFILE, mode); }

int close(int file) {
  ready();
  if (kind_at(file) == NOTHING) return real_close(file);
  pthread_mutex_lock(&one_at_a_time);
  files[file].kind = NOTHING;
  int done = real_close(file);
  pthread_mutex_unlock(&one_at_a_time);
  return done;
}

static ssize_t writes(int file, const void *bytes, size_t length, off_t place, int is_placed) {
  enum kind kind = kind_at(file);
  ssize_t done;
  pthread_mutex_lock(&one_at_a_time);
  if ((kind == DATABASE || kind == MEMORY) && fails(WRITING)) {
    int why = errno;
    /* a disk that breaks has often written a part */
    size_t part = why == EIO ? length / 2 : 0;
    if (!is_placed) place = lseek(file, 0, SEEK_CUR);
    if (part > 0 && real_pwrite(file, bytes, part, place) == (ssize_t)part && kind == DATABASE) note(WRITE, files[file].number, (uint64_t)place, bytes, part);
    errno = why;
    done = -1;
  } else {
    if (kind == DATABASE && !is_placed) place = lseek(file, 0, SEEK_CUR);
    done = is_placed ? real_pwrite(file, bytes, length, place) : real_write(file, bytes, length);
    int why = errno;
    if (kind == DATABASE && done > 0) note(WRITE, files[file].number, (uint64_t)place, bytes, (size_t)done);
    if (kind == TOLD && done > 0) note(SAID, 0, 0, bytes, (size_t)done);
    if (kind == TEMPER && done > 0) obey(bytes, (size_t)done);
    errno = why;
  }
  pthread_mutex_unlock(&one_at_a_time);
  return done;
}

ssize_t write(int file, const void *bytes, size_t length) {
  ready();
  return kind_at(file) == NOTHING ? real_write(file, bytes, length) : writes(file, bytes, length, 0, 0);
}
ssize_t pwrite(int file, const void *bytes, size_t length, off_t place) {
  ready();
  return kind_at(file) == NOTHING ? real_pwrite(file, bytes, length, place) : writes(file, bytes, length, place, 1);
}
ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t place) { return pwrite(file, bytes, length, place); }

static ssize_t reads(int file, void *bytes, size_t length, off_t place, int is_placed) {
  pthread_mutex_lock(&one_at_a_time);
  int failed = fails(READING), why = errno;
  pthread_mutex_unlock(&one_at_a_time);
  if (failed) {
    errno = why;
    return -1;
  }
  return is_placed ? real_pread(file, bytes, length, place) : real_read(file, bytes, length);
}

ssize_t read(int file, void *bytes, size_t length) {
  ready();
  return kind_at(file) != DATABASE ? real_read(file, bytes, length) : reads(file, bytes, length, 0, 0);
}
ssize_t pread(int file, void *bytes, size_t length, off_t place) {
  ready();
  return kind_at(file) != DATABASE ? real_pread(file, bytes, length, place) : reads(file, bytes, length, place, 1);
}
ssize_t pread64(int file, void *bytes, size_t length, off64_t place) { return pread(file, bytes, length, place); }

static int syncs(int file, int (*real)(int)) {
  enum kind kind = kind_at(file);
  if (kind != DATABASE && kind != FOLDER) return real(file);
  pthread_mutex_lock(&one_at_a_time);
  int done = -1;
  if (fails(SYNCING)) {
    /* what was written before may be on the disk or not, and no later sync will try again */
    int why = errno;
    if (kind == DATABASE) note(FAILED_SYNC, files[file].number, 0, "", 0);
    errno = why;
  } else {
    done = real(file);
    if (done == 0) note(kind == FOLDER ? NAMES : SYNC, files[file].number, 0, "", 0);
  }
  pthread_mutex_unlock(&one_at_a_time);
  return done;
}

int fsync(int file) { ready(); return syncs(file, real_fsync); }
int fdatasync(int file) { ready(); return syncs(file, real_fdatasync); }

int ftruncate(int file, off_t length) {
  ready();
  enum kind kind = kind_at(file);
  if (kind != DATABASE && kind != MEMORY) return real_ftruncate(file, length);
  pthread_mutex_lock(&one_at_a_time);
  int done = fails(WRITING) ? -1 : real_ftruncate(file, length);
  if (done == 0 && kind == DATABASE) note(CUT, files[file].number, (uint64_t)length, "", 0);
  pthread_mutex_unlock(&one_at_a_time);
  return done;
}
int ftruncate64(int file, off64_t length) { return ftruncate(file, length); }

int unlink(const char *path) {
  ready();
  if (kind_of(path) != DATABASE) return real_unlink(path);
  pthread_mutex_lock(&one_at_a_time);
  int done = real_unlink(path);
  if (done == 0) note(UNLINK, 0, 0, path, strlen(path));
  pthread_mutex_unlock(&one_at_a_time);
  return done;
}

int rename(const char *from, const char *to) {
  ready();
  if (kind_of(from) != DATABASE && kind_of(to) != DATABASE) return real_rename(from, to);
  pthread_mutex_lock(&one_at_a_time);
  int done = real_rename(from, to);
  char both[2 * PATH];
  int length = snprintf(both, sizeof both, "%s\n%s", from, to);
  if (done == 0 && length < (int)sizeof both) note(RENAME, 0, 0, both, (size_t)length);
  pthread_mutex_unlock(&one_at_a_time);
  return done;
}
