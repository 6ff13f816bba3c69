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

/** One connection over which events come. What has not been asked for waits at the host. For one reading thread. */
final class EventLines implements BodyHandler<Object>, Flow.Subscriber<String>, AutoCloseable {

    /**
     * An event.
     *
     * @param id where to go on behind it; null if it has none
     * @param name its kind
     * @param data what it says
     */
    record Event(@Nullable String id, String name, JsonNode data) {}

    private static final int AHEAD = 64;
    /** A host says something every 15 seconds. */
    static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(45);
    /** Stands behind the last line. */
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

    /** The answer is there with its headers; the lines come later. An answer that refuses is thrown with what it says. */
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

    /** The next event; null if there is none until then. */
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
            default -> {} // a heartbeat, or how soon to come again, which is decided here
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
