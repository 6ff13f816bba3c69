// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answer while it arrives, for the one waiting thread. Closing an incomplete answer closes its connection. */
public final class OpenAnswer implements AutoCloseable {

    /** Matches a field or a comment, after an optional byte order mark. */
    private static final Pattern EVENTS = Pattern.compile("(?:\u00ef\u00bb\u00bf)?\\s*(?:data|event|id|retry)?:");

    private static final int LONGEST_FIELD = 16;
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(1);

    private final AnswerBytes bytes = new AnswerBytes();
    private final Duration idle;
    private final Runnable heartbeat;
    private long deadline;
    private boolean begun;
    private @Nullable HttpResponse<AnswerBytes> response;
    /** Received parts that were not read yet. */
    private final Deque<List<ByteBuffer>> ahead = new ArrayDeque<>();

    private OpenAnswer(Duration firstByte, Duration idle, Runnable heartbeat) {
        this.idle = idle;
        this.heartbeat = heartbeat;
        deadline = System.nanoTime() + firstByte.toNanos();
    }

    /**
     * Sends a request, and waits for the status of its answer.
     *
     * @param firstByte maximum time to the first byte of the body
     * @param idle maximum time between further bytes
     * @param heartbeat called once per second while no data arrives
     * @throws TimeoutException if no data arrives in time
     * @throws InterruptedException if the thread is interrupted; the connection is closed
     */
    public static OpenAnswer of(
            HttpClient client, HttpRequest request, Duration firstByte, Duration idle, Runnable heartbeat)
            throws IOException, InterruptedException, TimeoutException {
        OpenAnswer answer = new OpenAnswer(firstByte, idle, heartbeat);
        AnswerBytes bytes = answer.bytes; // an idle connection would keep these objects in memory
        CompletableFuture<HttpResponse<AnswerBytes>> sent = client.sendAsync(request, info -> bytes);
        try {
            answer.response = answer.<HttpResponse<AnswerBytes>>await(slice -> get(sent, slice));
            return answer;
        } finally {
            if (answer.response == null) {
                sent.cancel(true);
                answer.close();
            }
        }
    }

    private static @Nullable HttpResponse<AnswerBytes> get(
            CompletableFuture<HttpResponse<AnswerBytes>> sent, Duration atMost)
            throws IOException, InterruptedException {
        try {
            return sent.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException fault) {
                throw fault;
            }
            throw new IOException(e.getCause());
        }
    }

    /** Returns the next part; null if none has arrived in time. */
    private interface LineSource<T> {
        @Nullable
        T get(Duration atMost) throws IOException, InterruptedException;
    }

    private <T> T await(LineSource<T> source) throws IOException, InterruptedException, TimeoutException {
        while (true) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new TimeoutException();
            }
            T come = source.get(Duration.ofNanos(Math.min(left, SIGN_OF_LIFE.toNanos())));
            if (come != null) {
                return come;
            }
            heartbeat.run();
        }
    }

    private HttpResponse<AnswerBytes> response() {
        if (response == null) {
            throw new IllegalStateException("no response has arrived");
        }
        return response;
    }

    public int status() {
        return response().statusCode();
    }

    public HttpHeaders headers() {
        return response().headers();
    }

    /**
     * Returns the next bytes of the body.
     *
     * @return bytes as received; empty at the end
     */
    public List<ByteBuffer> next() throws IOException, InterruptedException, TimeoutException {
        List<ByteBuffer> come = ahead.poll();
        return come != null ? come : fresh();
    }

    private List<ByteBuffer> fresh() throws IOException, InterruptedException, TimeoutException {
        if (begun) {
            deadline = System.nanoTime() + idle.toNanos();
        }
        List<ByteBuffer> next = await(bytes::poll);
        begun = true;
        return next;
    }

    /** Returns whether the body begins as an event stream, regardless of its declared type. */
    public boolean beginsWithEvents() throws IOException, InterruptedException, TimeoutException {
        StringBuilder begin = new StringBuilder();
        List<ByteBuffer> part = List.of();
        do {
            part = fresh();
            ahead.add(part);
            part.forEach(bytes -> begin.append(StandardCharsets.ISO_8859_1.decode(bytes.duplicate())));
        } while (begin.length() < LONGEST_FIELD && !part.isEmpty());
        return EVENTS.matcher(begin).lookingAt();
    }

    /**
     * Returns the whole body as text. If the body is complete before its connection fails, the failure is ignored.
     *
     * @param isWhole returns whether a text is complete
     * @throws AnswerTooLargeException if the body has more than {@code maxBytes} bytes
     */
    public String text(int maxBytes, Predicate<String> isWhole)
            throws IOException, InterruptedException, TimeoutException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            for (List<ByteBuffer> part = next(); !part.isEmpty(); part = next()) {
                add(part, body, maxBytes);
            }
        } catch (IOException | TimeoutException e) {
            if (!isWhole.test(body.toString(StandardCharsets.UTF_8))) {
                throw e;
            }
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private static void add(List<ByteBuffer> part, ByteArrayOutputStream body, int maxBytes) {
        for (ByteBuffer buffer : part) {
            if (body.size() + buffer.remaining() > maxBytes) {
                throw new AnswerTooLargeException(maxBytes);
            }
            byte[] copy = new byte[buffer.remaining()];
            buffer.get(copy);
            body.writeBytes(copy);
        }
    }

    @Override
    public void close() {
        bytes.close();
    }
}
