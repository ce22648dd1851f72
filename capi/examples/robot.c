/* A robot's day with homeveil: a map in, a power cut before the release is sent, the same release again, a map that was turned,
 * a command of the cloud, consent withdrawn.
 *
 *     cc -std=c99 -I capi/include capi/examples/robot.c target/release/libhomeveil.a -lpthread -ldl -lm -lrt -lgcc_s -o robot
 *     rm -rf store && mkdir store && ./robot store
 */
#define _POSIX_C_SOURCE 200809L
#include "homeveil.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define WIDTH 120
#define HEIGHT 80
#define CELL_M 0.05
/* The map turned by 20 degrees: their cosine and sine, and a grid that holds it. */
#define TURNED_WIDTH 142
#define TURNED_HEIGHT 118
#define TURN_COS 0.9396926207859084
#define TURN_SIN 0.3420201433256687
#define MORNING UINT64_C(1790000000)
enum { UNKNOWN = 0, HALL = 10, KITCHEN = 11, LIVING = 12, BEDROOM = 13, WALL = 255 };

/* Ends the program where a call that has to succeed does not. */
static void must(homeveil_status status, const char *what)
{
    if (status != HOMEVEIL_STATUS_OK) {
        fprintf(stderr, "%s: %s\n", what, homeveil_status_text(status));
        exit(1);
    }
}

static void fill(uint16_t *labels, int x0, int y0, int x1, int y1, uint16_t label)
{
    for (int y = y0; y < y1; y++) {
        for (int x = x0; x < x1; x++) {
            labels[y * WIDTH + x] = label;
        }
    }
}

/* What the robot has mapped: a hall, and three rooms that open to it. */
static void draw(uint16_t *labels)
{
    fill(labels, 0, 0, WIDTH, HEIGHT, WALL);
    fill(labels, 2, 2, 118, 24, HALL);
    fill(labels, 2, 26, 40, 78, KITCHEN);
    fill(labels, 42, 26, 80, 78, LIVING);
    fill(labels, 82, 26, 118, 78, BEDROOM);
    fill(labels, 14, 24, 32, 26, HALL);
    fill(labels, 52, 24, 70, 26, HALL);
    fill(labels, 92, 24, 110, 26, HALL);
}

/* A place of the map, in cells, on the turned map. */
static homeveil_point turned(double x, double y)
{
    homeveil_point at = {TURN_COS * x - TURN_SIN * y + TURN_SIN * HEIGHT, TURN_SIN * x + TURN_COS * y};
    return at;
}

/* What the robot has mapped when it began its map in another direction: each cell is the one that its middle falls on. */
static void draw_turned(const uint16_t *labels, uint16_t *out)
{
    for (int y = 0; y < TURNED_HEIGHT; y++) {
        for (int x = 0; x < TURNED_WIDTH; x++) {
            double across = x + 0.5 - TURN_SIN * HEIGHT, up = y + 0.5;
            double old_x = TURN_COS * across + TURN_SIN * up, old_y = TURN_COS * up - TURN_SIN * across;
            int is_inside = old_x >= 0.0 && old_x < WIDTH && old_y >= 0.0 && old_y < HEIGHT;
            out[y * TURNED_WIDTH + x] = is_inside ? labels[(int)old_y * WIDTH + (int)old_x] : UNKNOWN;
        }
    }
}

static homeveil_home *home_of(const uint16_t *labels, uint32_t width, uint32_t height, homeveil_point dock)
{
    static const homeveil_room rooms[] = {
        {HALL, HOMEVEIL_KIND_HALLWAY},
        {KITCHEN, HOMEVEIL_KIND_KITCHEN},
        {LIVING, HOMEVEIL_KIND_LIVING},
        {BEDROOM, HOMEVEIL_KIND_BEDROOM},
    };
    homeveil_label_map map = homeveil_label_map_default();
    homeveil_home *home = NULL;
    map.width = width;
    map.height = height;
    map.resolution_m = CELL_M;
    map.labels = labels;
    map.labels_len = (size_t)width * height;
    map.unknown = UNKNOWN;
    map.occupied = WALL;
    map.rooms = rooms;
    map.rooms_len = sizeof rooms / sizeof rooms[0];
    map.dock = &dock;
    must(homeveil_home_from_labels(&map, &home), "map");
    return home;
}

/* On the disk: what was written to the file or folder that is open here, which is then closed. */
static int flushed(int open_file)
{
    return open_file >= 0 && (fsync(open_file) == 0) & (close(open_file) == 0);
}

/* The store's first callback: 0 and the blob of a name, 1 where there never was one, or another number where reading failed. */
static int32_t load(void *folder, const char *name, uint8_t *buffer, size_t capacity, size_t *len)
{
    char path[512];
    int32_t failed = 5;
    snprintf(path, sizeof path, "%s/%s", (const char *)folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        /* A folder that is not there, of a disk that is not mounted, is no household that is new. */
        return errno == ENOENT && access(folder, F_OK) == 0 ? 1 : failed;
    }
    if (fseek(file, 0, SEEK_END) == 0 && ftell(file) >= 0) {
        *len = (size_t)ftell(file);
        rewind(file);
        size_t part = *len < capacity ? *len : capacity;
        failed = fread(buffer, 1, part, file) == part ? 0 : failed;
    }
    fclose(file);
    /* A save that was killed may have put the file there and not its name on the disk: what is read must not be forgotten. */
    return failed == 0 && flushed(open(folder, O_RDONLY | O_DIRECTORY)) ? 0 : 5;
}

/* The second: a new file that is whole and on the disk takes the place of the old one, so that a power cut leaves either. Nobody
 * but the robot may read it, nothing that was put there by its name is written to, and its name is on the disk when this
 * returns. */
static int32_t save(void *folder, const char *name, const uint8_t *bytes, size_t len)
{
    char path[512], new[520];
    snprintf(path, sizeof path, "%s/%s", (const char *)folder, name);
    snprintf(new, sizeof new, "%s.new", path);
    (void)unlink(new);
    int file = open(new, O_WRONLY | O_CREAT | O_EXCL, 0600);
    ssize_t written = 1;
    for (size_t done = 0; file >= 0 && done < len && written > 0; done += written > 0 ? (size_t)written : 0) {
        written = write(file, bytes + done, len - done);
    }
    if (!flushed(file) || written <= 0 || rename(new, path) != 0) {
        (void)unlink(new);
        return 5;
    }
    return flushed(open(folder, O_RDONLY | O_DIRECTORY)) ? 0 : 5;
}

static homeveil_device *boot(char *folder, const homeveil_policy *policy)
{
    homeveil_store flash = {sizeof flash, folder, load, save};
    homeveil_device_options options = homeveil_device_options_default();
    homeveil_device *device = NULL;
    options.store = &flash;
    must(homeveil_device_open(policy, &options, &device), "open");
    return device;
}

/* Sends text to the cloud: here, to the terminal. */
static void send_to_cloud(const homeveil_bytes *json)
{
    printf("to the cloud: %.100s%s\n", (const char *)homeveil_bytes_data(json), homeveil_bytes_len(json) > 100 ? "..." : "");
}

/* The first day, in a process of its own: the release is drawn and stored, and before it is sent the power fails. What would have
 * been sent goes to `eye`, so that it can be compared. */
static void day_that_ends_early(char *folder, const homeveil_policy *policy, const homeveil_redaction *redaction,
                                const homeveil_home *home, int eye)
{
    homeveil_bytes *release = NULL;
    homeveil_consent consent = homeveil_consent_default();
    homeveil_device *device = boot(folder, policy);
    consent.id = "consent-1";
    consent.controller = "Robot Maker";
    consent.from_s = MORNING;
    consent.until_s = MORNING + 365 * 86400;
    must(homeveil_device_consent(device, &consent, MORNING), "consent");
    must(homeveil_device_on_map(device, home, redaction, MORNING + 10), "map in");
    must(homeveil_device_check_floor(device, 0), "the floor's key");
    /* At a time of its own, by the clock: how long the map took depends on the home. */
    must(homeveil_device_release_json(device, MORNING + 50, &release), "release");
    size_t len = homeveil_bytes_len(release);
    _exit(write(eye, homeveil_bytes_data(release), len) == (ssize_t)len ? 0 : 1);
}

int main(int argc, char **argv)
{
    const char *json = "{\"client\":1,\"id\":7,\"goals\":[{\"zone\":1}],\"repeats\":2}";
    static uint16_t labels[WIDTH * HEIGHT], turned_labels[TURNED_WIDTH * TURNED_HEIGHT];
    static uint8_t unsent[1 << 16];
    homeveil_policy *policy = NULL;
    homeveil_redaction *redaction = NULL;
    homeveil_bytes *release = NULL, *answer = NULL, *messages = NULL, *refused = NULL;
    homeveil_command *command = NULL;
    homeveil_tasks *tasks = NULL;
    uint64_t due = 0;
    size_t cells = 0, walls = 0, unsent_len = 0;
    int eye[2], day = 0;

    if (argc != 2) {
        fprintf(stderr, "usage: robot FOLDER\n");
        return 2;
    }
    must(homeveil_policy_new(&policy), "policy");
    must(homeveil_redaction_new(policy, &redaction), "redaction");

    /* The owner has consented in the app; the first map comes in; the power fails before the release is sent. */
    draw(labels);
    homeveil_point dock = {12.0 * CELL_M, 12.0 * CELL_M};
    homeveil_home *home = home_of(labels, WIDTH, HEIGHT, dock);
    pid_t child = pipe(eye) == 0 ? fork() : -1;
    if (child == 0) {
        day_that_ends_early(argv[1], policy, redaction, home, eye[1]);
    }
    if (child < 0 || close(eye[1]) != 0) {
        perror("the first day");
        return 1;
    }
    for (ssize_t part = 1; part > 0; unsent_len += part > 0 ? (size_t)part : 0) {
        part = read(eye[0], unsent + unsent_len, sizeof unsent - unsent_len);
    }
    close(eye[0]);
    if (waitpid(child, &day, 0) != child || day != 0) {
        fprintf(stderr, "the first day ended otherwise\n");
        return 1;
    }

    /* The robot boots from its store alone. What it sends is what it would have sent. */
    homeveil_device *device = boot(argv[1], policy);
    must(homeveil_device_release_json(device, MORNING + 60, &release), "release");
    send_to_cloud(release);
    if (homeveil_bytes_len(release) != unsent_len || memcmp(homeveil_bytes_data(release), unsent, unsent_len) != 0) {
        fprintf(stderr, "another release\n");
        return 1;
    }
    printf("the same release after the power cut\n");

    /* The next map is turned; the key follows. */
    homeveil_home_free(home);
    draw_turned(labels, turned_labels);
    dock = turned(12.0, 12.0);
    dock.x_m *= CELL_M, dock.y_m *= CELL_M;
    home = home_of(turned_labels, TURNED_WIDTH, TURNED_HEIGHT, dock);
    must(homeveil_device_on_map(device, home, redaction, MORNING + 90), "turned map in");

    /* "Clean zone 1, twice", says the cloud. */
    must(homeveil_device_on_command(device, (const uint8_t *)json, strlen(json), MORNING + 100, &answer, &command), "command");
    send_to_cloud(answer);
    homeveil_pose pose = {dock.x_m, dock.y_m, 0.0};
    must(homeveil_device_tasks(device, command, pose, MORNING + 100, &tasks), "tasks");
    for (size_t task = 0; task < homeveil_tasks_len(tasks); task++) {
        size_t len = 0;
        const homeveil_run *runs = homeveil_tasks_runs(tasks, task, &len);
        must(homeveil_tasks_status(tasks, task), "task");
        for (size_t run = 0; run < len; run++) {
            cells += runs[run].len;
            for (uint32_t x = runs[run].x; x < runs[run].x + runs[run].len; x++) {
                uint16_t label = turned_labels[runs[run].y * TURNED_WIDTH + x];
                walls += label == WALL || label == UNKNOWN;
            }
        }
    }
    printf("to clean, %d times: %.1f m2\n", homeveil_command_repeats(command), (double)cells * CELL_M * CELL_M);

    /* The robot is done: it will not clean again after a restart. "Done" goes out when the policy says, however long it took. */
    must(homeveil_device_robot_is_done(device, 1, 7), "robot is done");
    must(homeveil_device_next_tick(device, &due), "next tick");
    must(homeveil_device_on_tick(device, due, &messages), "tick");
    send_to_cloud(messages);
    homeveil_bytes_free(messages), messages = NULL;
    /* At once again: only then is it stored that "done" was said. */
    must(homeveil_device_on_tick(device, due, &messages), "tick after the message");

    /* The owner withdraws: nothing leaves any more. */
    must(homeveil_device_withdraw(device, due + 60), "withdraw");
    homeveil_status status = homeveil_device_release_json(device, due + 61, &refused);
    printf("after the withdrawal: %s\n", homeveil_status_text(status));

    homeveil_tasks_free(tasks);
    homeveil_command_free(command);
    homeveil_bytes_free(messages);
    homeveil_bytes_free(answer);
    homeveil_bytes_free(release);
    homeveil_home_free(home);
    homeveil_device_free(device);
    homeveil_redaction_free(redaction);
    homeveil_policy_free(policy);
    return status == HOMEVEIL_STATUS_CONSENT && refused == NULL && cells > 0 && walls == 0 ? 0 : 1;
}
