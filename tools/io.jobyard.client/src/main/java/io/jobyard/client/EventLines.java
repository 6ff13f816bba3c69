// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.EOFException;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Connection for events. The host keeps the events that were not requested yet. For one reading thread. */
final class EventLines implements BodyHandler<Object>, Flow.Subscriber<String>, AutoCloseable {

    /**
     * Event.
     *
     * @param id the position of the event, to continue after it; null if it has none
     * @param name the event's name
     * @param data the event's data
     */
    record Event(@Nullable String id, String name, JsonNode data) {}

    private static final int AHEAD = 64;
    /** A host sends something every 15 seconds. */
    static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(45);
    /** Marks the end, after the last line. */
    private static final String END = new String("end");

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Consumer<EventLines> ended;
    private volatile Flow.@Nullable Subscription subscription;
    private volatile boolean closed;
    private long heardNanos = System.nanoTime();

    private @Nullable String id;
    private String name = "";
    private StringBuilder data = new StringBuilder();

    EventLines(Consumer<EventLines> ended) {
        this.ended = ended;
    }

    /**
     * Called after the headers of the answer; the lines follow later. An error response becomes an exception with its
     * message.
     */
    @Override
    public BodySubscriber<Object> apply(ResponseInfo answer) {
        if (RefusedAnswer.isStream(answer)) {
            BodySubscriber<Object> all =
                    BodySubscribers.fromLineSubscriber(this, self -> this, StandardCharsets.UTF_8, null);
            return new StreamBody(all);
        }
        return BodySubscribers.mapping(BodySubscribers.ofString(StandardCharsets.UTF_8), body -> {
            throw RefusedAnswer.of(answer.statusCode(), answer.headers(), body);
        });
    }

    /** Returns the next event; null if none arrives in time. */
    @Nullable
    Event next(long endNanos) throws IOException {
        while (true) {
            long now = System.nanoTime();
            long silent = heardNanos + SILENCE_NANOS - now;
            String line = poll(Math.min(endNanos - now, silent));
            if (line == null) {
                if (System.nanoTime() - heardNanos >= SILENCE_NANOS) {
                    throw new EOFException("the host says nothing any more");
                }
                return null;
            }
            heardNanos = System.nanoTime();
            Event event = read(line);
            if (event != null) {
                return event;
            }
        }
    }

    private @Nullable String poll(long nanos) throws IOException {
        try {
            String line = lines.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            if (closed) {
                throw HttpCalls.gone();
            } else if (line == END) {
                throw new EOFException("the stream has ended");
            }
            Flow.Subscription more = subscription;
            if (line != null && more != null) {
                more.request(1);
            }
            return line;
        } catch (InterruptedException e) {
            throw RetryPause.interrupted(e);
        }
    }

    /** An event ends with an empty line. */
    private @Nullable Event read(String line) throws IOException {
        if (line.isEmpty()) {
            Event event = data.length() == 0 ? null : new Event(id, name, json(data.toString()));
            id = null;
            name = "";
            data = new StringBuilder();
            return event;
        }
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
        switch (field) {
            case "id" -> id = value;
            case "event" -> name = value;
            case "data" -> data.append(data.length() == 0 ? "" : "\n").append(value);
            default -> {} // a heartbeat, or a retry time, which the client ignores
        }
        return null;
    }

    private static JsonNode json(String text) throws IOException {
        try {
            return JsonFields.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IOException("an event is no JSON", e);
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (closed) {
            given.cancel();
        } else {
            given.request(AHEAD);
        }
    }

    @Override
    public void onNext(String line) {
        lines.add(line);
    }

    @Override
    public void onError(Throwable fault) {
        lines.add(END);
    }

    @Override
    public void onComplete() {
        lines.add(END);
    }

    @Override
    public void close() {
        closed = true;
        lines.add(END);
        Flow.Subscription open = subscription;
        if (open != null) {
            open.cancel();
        }
        ended.accept(this);
    }
}
