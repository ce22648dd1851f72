/* What the C programs of these tests share: a store in memory, randomness that counts, a small map. */
#ifndef HOMEVEIL_TESTS_MEMORY_H
#define HOMEVEIL_TESTS_MEMORY_H
#include "homeveil.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH 64
#define HEIGHT 40
#define NOW 1790000000u

#define EXPECT(condition)                                                        \
    do {                                                                         \
        if (!(condition)) {                                                      \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);      \
            exit(1);                                                             \
        }                                                                        \
    } while (0)
#define OK(call) EXPECT((call) == HOMEVEIL_STATUS_OK)

/* A store in memory that can be made to fail, and to be full. */
typedef struct blob {
    char name[32];
    uint8_t *bytes;
    size_t len;
} blob;
typedef struct memory {
    blob blobs[16];
    size_t count;
    int fails;
    /* Says that a blob is longer than the buffer, and then that there never was one. */
    int vanishes;
    /* How often it was saved to, and from which time on there is no room, or 0. */
    size_t saves, full;
} memory;

static int32_t load(void *context, const char *name, uint8_t *buffer, size_t capacity, size_t *len)
{
    memory *store = context;
    if (store->fails) {
        return 5;
    }
    for (size_t i = 0; i < store->count; i++) {
        if (strcmp(store->blobs[i].name, name) == 0) {
            if (store->vanishes) {
                *len = capacity + 1;
                return store->vanishes++ % 2 == 1 ? 0 : 1;
            }
            size_t part = store->blobs[i].len < capacity ? store->blobs[i].len : capacity;
            memcpy(buffer, store->blobs[i].bytes, part);
            *len = store->blobs[i].len;
            return 0;
        }
    }
    return 1;
}

static int32_t save(void *context, const char *name, const uint8_t *bytes, size_t len)
{
    memory *store = context;
    blob *place = NULL;
    store->saves++;
    if (store->fails || (store->full != 0 && store->saves >= store->full)) {
        return 5;
    }
    for (size_t i = 0; i < store->count; i++) {
        if (strcmp(store->blobs[i].name, name) == 0) {
            place = &store->blobs[i];
        }
    }
    if (place == NULL) {
        place = &store->blobs[store->count++];
        snprintf(place->name, sizeof place->name, "%s", name);
    }
    free(place->bytes);
    place->bytes = malloc(len);
    memcpy(place->bytes, bytes, len);
    place->len = len;
    return 0;
}

static void forget(memory *store)
{
    for (size_t i = 0; i < store->count; i++) {
        free(store->blobs[i].bytes);
    }
    memset(store, 0, sizeof *store);
}

/* Not random, so that a test is the same every time. */
static int32_t count_up(void *context, uint8_t *buffer, size_t len)
{
    uint8_t *next = context;
    for (size_t i = 0; i < len; i++) {
        buffer[i] = (*next)++;
    }
    return 0;
}

static uint16_t labels[WIDTH * HEIGHT];

static homeveil_label_map map_of_labels(void)
{
    static const homeveil_point dock = {0.5, 0.5};
    homeveil_label_map map = homeveil_label_map_default();
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
        int x = i % WIDTH, y = i / WIDTH, wall = x == 0 || y == 0 || x == WIDTH - 1 || y == HEIGHT - 1;
        int door = y > 10 && y < 20;
        labels[i] = wall || (x == 32 && !door) ? UINT16_MAX : (uint16_t)(x <= 32 ? 10 : 11);
    }
    map.width = WIDTH;
    map.height = HEIGHT;
    map.resolution_m = 0.1;
    map.labels = labels;
    map.labels_len = WIDTH * HEIGHT;
    map.dock = &dock;
    return map;
}
#endif
