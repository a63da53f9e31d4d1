/* Shifts the clock of the calendar by SHIFT seconds, for tests at another day and hour (tools/at.py).

   Only that clock: libfaketime 0.9.10 shifts the running time, too, and Python 3.13 then sleeps for weeks or not at all.
   A wait until a time of the calendar is told the real one. Times of files are not shifted. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

#define REAL(name) (__typeof__(&name)) dlsym(RTLD_NEXT, #name)
static const time_t CALENDAR = 1500000000; /* no machine has been running for so many seconds */

static time_t shift(void) {
  static time_t seconds;
  static int known;
  if (!known) {
    const char *given = getenv("SHIFT");
    seconds = given ? atoll(given) : 0;
    known = 1;
  }
  return seconds;
}

static struct timespec unshifted(const struct timespec *until) {
  struct timespec real = *until;
  if (real.tv_sec > CALENDAR) real.tv_sec -= shift();
  return real;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
  static __typeof__(&clock_gettime) real;
  if (!real) real = REAL(clock_gettime);
  int failed = real(clock, now);
  if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += shift();
  return failed;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  struct timespec found;
  (void)zone;
  clock_gettime(CLOCK_REALTIME, &found);
  now->tv_sec = found.tv_sec;
  now->tv_usec = found.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *now) {
  struct timespec found;
  clock_gettime(CLOCK_REALTIME, &found);
  if (now) *now = found.tv_sec;
  return found.tv_sec;
}

int sem_timedwait(sem_t *restrict one, const struct timespec *restrict until) {
  struct timespec real = unshifted(until);
  return (REAL(sem_timedwait))(one, &real);
}

int sem_clockwait(sem_t *one, clockid_t clock, const struct timespec *until) {
  struct timespec real = unshifted(until);
  return (REAL(sem_clockwait))(one, clock, &real);
}

int pthread_mutex_timedlock(pthread_mutex_t *restrict one, const struct timespec *restrict until) {
  struct timespec real = unshifted(until);
  return (REAL(pthread_mutex_timedlock))(one, &real);
}

int pthread_cond_timedwait(pthread_cond_t *restrict one, pthread_mutex_t *restrict lock,
                           const struct timespec *restrict until) {
  struct timespec real = unshifted(until);
  return (REAL(pthread_cond_timedwait))(one, lock, &real);
}

int pthread_cond_clockwait(pthread_cond_t *one, pthread_mutex_t *lock, clockid_t clock, const struct timespec *until) {
  struct timespec real = unshifted(until);
  return (REAL(pthread_cond_clockwait))(one, lock, clock, &real);
}
