// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.views.api.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads a stream of events. */
final class SseReader implements AutoCloseable {

    /** One of them. */
    record Event(String id, String name, Map<String, Object> data) {}

    private final BufferedReader lines;

    private SseReader(InputStream in) {
        lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    static SseReader open(RestServer server, String path, String... headers) {
        HttpResponse<InputStream> answer = server.open(path, headers);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream;charset=utf-8");
        return new SseReader(answer.body());
    }

    /** The next one; comments are left out. */
    Event next() {
        String id = "";
        String name = "";
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    name = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    return new Event(id, name, JsonReader.object("data", line.substring(6)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("the stream has ended");
    }

    /** The job of the next one. */
    String job() {
        return String.valueOf(next().data().get("id"));
    }

    boolean isAtEnd() {
        try {
            String line = lines.readLine();
            while (line != null && (line.isEmpty() || line.startsWith(":") || line.startsWith("retry: "))) {
                line = lines.readLine();
            }
            return line == null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether it ends, whatever it tells before. */
    boolean ends() {
        try {
            while (lines.readLine() != null) {
                // go on
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
