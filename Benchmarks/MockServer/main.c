// A server for benchmarks, fast enough never to be what is measured: one thread, epoll, keep-alive.
//
//   GET or POST /fast          a chat completion of 1.4 kB, at once
//   GET or POST /delay/MS      the same after MS milliseconds
//   GET or POST /sse/N/MS      N server-sent events, MS milliseconds apart, chunked
//   POST /tools/N/MS           after MS milliseconds a call of get_order_details, until the conversation has N results of tools;
//                              then a completion
//
// What follows the numbers is not looked at: base URLs of clients may end in any of these, as http://127.0.0.1:9900/delay/50/v1.
//
// usage: MockServer PORT     (0 takes a free one; it says which)

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { maximum_connections = 8192, maximum_timers = 1 << 16 };

struct connection {
    int descriptor;
    // Tells the timers of an earlier connection with this descriptor from ours.
    unsigned generation;
    char *bytes;
    size_t length, capacity;
    int events_left, event_interval, event_number;
    int calls_tool;
};

struct timer {
    long long due;
    int descriptor;
    unsigned generation;
};

static struct connection connections[maximum_connections];
static struct timer timers[maximum_timers];
static int timer_count, poll_descriptor;
static char *completion;
static size_t completion_length;
static char *tool_call;
static size_t tool_call_length;

static long long milliseconds_now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

static void swap_timers(int left, int right) {
    struct timer held = timers[left];
    timers[left] = timers[right];
    timers[right] = held;
}

static void add_timer(const struct connection *connection, int delay) {
    if (timer_count == maximum_timers) {
        return;
    }
    int index = timer_count++;
    timers[index] = (struct timer){milliseconds_now() + delay, connection->descriptor, connection->generation};
    for (int parent; index > 0 && timers[parent = (index - 1) / 2].due > timers[index].due; index = parent) {
        swap_timers(parent, index);
    }
}

static struct timer take_timer(void) {
    struct timer first = timers[0];
    timers[0] = timers[--timer_count];
    for (int index = 0;;) {
        int smallest = index, left = 2 * index + 1;
        if (left < timer_count && timers[left].due < timers[smallest].due) {
            smallest = left;
        }
        if (left + 1 < timer_count && timers[left + 1].due < timers[smallest].due) {
            smallest = left + 1;
        }
        if (smallest == index) {
            return first;
        }
        swap_timers(index, smallest);
        index = smallest;
    }
}

static void send_all(int descriptor, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t count = send(descriptor, bytes, length, MSG_NOSIGNAL);
        if (count < 0 && errno == EAGAIN) {
            struct pollfd room = {.fd = descriptor, .events = POLLOUT};
            poll(&room, 1, 100);
        } else if (count < 0) {
            return;
        } else {
            bytes += count;
            length -= (size_t)count;
        }
    }
}

static void close_connection(struct connection *connection) {
    close(connection->descriptor);
    free(connection->bytes);
    *connection = (struct connection){.descriptor = -1, .generation = connection->generation + 1};
}

static int occurrences(const char *text, size_t length, const char *word) {
    int count = 0;
    const char *end = text + length;
    while ((text = memmem(text, (size_t)(end - text), word, strlen(word)))) {
        text += strlen(word);
        count++;
    }
    return count;
}

static void answer(const struct connection *connection) {
    if (connection->calls_tool) {
        send_all(connection->descriptor, tool_call, tool_call_length);
    } else {
        send_all(connection->descriptor, completion, completion_length);
    }
}

static void respond(struct connection *connection, const char *path, const char *body, size_t length) {
    int count = 0, delay = 0;
    connection->calls_tool = 0;
    if (sscanf(path, "/sse/%d/%d", &count, &delay) == 2 && count > 0) {
        static const char head[] =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
        connection->events_left = count;
        connection->event_interval = delay;
        connection->event_number = 0;
        send_all(connection->descriptor, head, sizeof head - 1);
        add_timer(connection, delay);
    } else if (sscanf(path, "/tools/%d/%d", &count, &delay) == 2) {
        connection->calls_tool = occurrences(body, length, "\"tool_call_id\"") < count;
        if (delay > 0) {
            add_timer(connection, delay);
        } else {
            answer(connection);
        }
    } else if (sscanf(path, "/delay/%d", &delay) == 1 && delay > 0) {
        add_timer(connection, delay);
    } else {
        answer(connection);
    }
}

static void send_event(struct connection *connection) {
    static const char end[] = "e\r\ndata: [DONE]\n\n\r\n0\r\n\r\n";
    char event[128], chunk[160];
    int length = snprintf(event, sizeof event, "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"token%d \"}}]}\n\n",
                          connection->event_number++);
    int size = snprintf(chunk, sizeof chunk, "%x\r\n%s\r\n", (unsigned)length, event);
    send_all(connection->descriptor, chunk, (size_t)size);
    if (--connection->events_left == 0) {
        send_all(connection->descriptor, end, sizeof end - 1);
    } else {
        add_timer(connection, connection->event_interval);
    }
}

/// Answers the complete requests at the start of what has been read.
static void answer_requests(struct connection *connection) {
    for (;;) {
        char *end = memmem(connection->bytes, connection->length, "\r\n\r\n", 4);
        if (!end) {
            return;
        }
        *end = 0;
        char *field = strcasestr(connection->bytes, "\r\ncontent-length:");
        size_t body = field ? strtoul(field + 17, NULL, 10) : 0;
        size_t size = (size_t)(end + 4 - connection->bytes) + body;
        if (connection->length < size) {
            *end = '\r';
            return;
        }
        char *path = strchr(connection->bytes, ' ');
        respond(connection, path ? path + 1 : "/", end + 4, body);
        connection->length -= size;
        memmove(connection->bytes, connection->bytes + size, connection->length);
    }
}

static void read_requests(struct connection *connection) {
    static char chunk[1 << 18];
    ssize_t count = read(connection->descriptor, chunk, sizeof chunk);
    if (count < 0 && errno == EAGAIN) {
        return;
    }
    if (count <= 0) {
        close_connection(connection);
        return;
    }
    if (connection->length + (size_t)count + 1 > connection->capacity) {
        connection->capacity = (connection->length + (size_t)count + 1) * 2;
        connection->bytes = realloc(connection->bytes, connection->capacity);
    }
    memcpy(connection->bytes + connection->length, chunk, (size_t)count);
    connection->length += (size_t)count;
    connection->bytes[connection->length] = 0;
    answer_requests(connection);
}

static void accept_connections(int listener) {
    int on = 1, descriptor;
    while ((descriptor = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        if (descriptor >= maximum_connections) {
            close(descriptor);
            continue;
        }
        setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        connections[descriptor].descriptor = descriptor;
        struct epoll_event event = {.events = EPOLLIN, .data.fd = descriptor};
        epoll_ctl(poll_descriptor, EPOLL_CTL_ADD, descriptor, &event);
    }
}

static void fire_timers(void) {
    while (timer_count > 0 && timers[0].due <= milliseconds_now()) {
        struct timer timer = take_timer();
        struct connection *connection = &connections[timer.descriptor];
        if (connection->generation != timer.generation || connection->descriptor < 0) {
            continue;
        }
        if (connection->events_left > 0) {
            send_event(connection);
        } else {
            answer(connection);
        }
    }
}

static int make_response(char **response, size_t *response_length, const char *body) {
    int total = asprintf(response, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                         strlen(body), body);
    *response_length = total < 0 ? 0 : (size_t)total;
    return total;
}

static int make_completion(void) {
    char content[1101], body[1500];
    for (size_t index = 0; index < sizeof content - 1; index++) {
        content[index] = "the quick brown fox "[index % 20];
    }
    content[sizeof content - 1] = 0;
    snprintf(body, sizeof body,
             "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"mock\",\"choices\":[{\"index\":0,"
             "\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},\"finish_reason\":\"stop\"}],"
             "\"usage\":{\"prompt_tokens\":5000,\"completion_tokens\":250,\"total_tokens\":5250}}",
             content);
    return make_response(&completion, &completion_length, body);
}

static int make_tool_call(void) {
    return make_response(
        &tool_call, &tool_call_length,
        "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"mock\",\"choices\":[{\"index\":0,"
        "\"message\":{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\","
        "\"function\":{\"name\":\"get_order_details\",\"arguments\":\"{\\\"order_id\\\": \\\"#W1000001\\\"}\"}}]},"
        "\"finish_reason\":\"tool_calls\"}],"
        "\"usage\":{\"prompt_tokens\":5000,\"completion_tokens\":25,\"total_tokens\":5025}}");
}

int main(int count, char **arguments) {
    signal(SIGPIPE, SIG_IGN);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((unsigned short)(count > 1 ? atoi(arguments[1]) : 9900)),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (make_completion() < 0 || make_tool_call() < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) != 0
        || listen(listener, 4096) != 0) {
        perror("MockServer");
        return 1;
    }
    socklen_t size = sizeof address;
    getsockname(listener, (struct sockaddr *)&address, &size);
    printf("listening on http://127.0.0.1:%d\n", ntohs(address.sin_port));
    fflush(stdout);
    poll_descriptor = epoll_create1(0);
    struct epoll_event wanted = {.events = EPOLLIN, .data.fd = listener};
    epoll_ctl(poll_descriptor, EPOLL_CTL_ADD, listener, &wanted);
    for (;;) {
        struct epoll_event events[512];
        long long wait = timer_count > 0 ? timers[0].due - milliseconds_now() : -1;
        int ready = epoll_wait(poll_descriptor, events, 512, timer_count > 0 && wait < 0 ? 0 : (int)wait);
        for (int index = 0; index < ready; index++) {
            if (events[index].data.fd == listener) {
                accept_connections(listener);
            } else {
                read_requests(&connections[events[index].data.fd]);
            }
        }
        fire_timers();
    }
}
