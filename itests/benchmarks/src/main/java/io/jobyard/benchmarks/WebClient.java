// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Submits jobs by HTTP, as somebody who is signed in. */
final class WebClient implements AutoCloseable {

    private static final double NANOS = 1e9;

    private final HttpClient client;
    private final String host;
    private final String cookie;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private WebClient(HttpClient client, String host, String cookie) {
        this.client = client;
        this.host = host;
        this.cookie = cookie;
    }

    /** By a one-time link. */
    static WebClient signedIn(String link) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpResponse<Void> entered =
                client.send(HttpRequest.newBuilder(URI.create(link)).build(), BodyHandlers.discarding());
        String cookie = entered.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        return new WebClient(client, link.substring(0, link.indexOf("/enter")), cookie);
    }

    String host() {
        return host;
    }

    String cookie() {
        return cookie;
    }

    /** How many jobs a second. */
    double submit(int count, int connections, int batch, int bytes) throws Exception {
        String body = batch == 1
                ? WebSubmits.job(bytes)
                : "{\"jobs\": [" + String.join(",", Collections.nCopies(batch, WebSubmits.job(bytes))) + "]}";
        HttpRequest request = request(batch == 1 ? "/jobs" : "/jobs/batch", body);
        int each = count / batch / connections;
        int rest = count / batch - each * connections;
        Callable<Void> sends = () -> send(request, each);
        List<Callable<Void>> tasks = new ArrayList<>(Collections.nCopies(connections - 1, sends));
        tasks.add(() -> send(request, each + rest));
        long begun = System.nanoTime();
        for (Future<Void> done : threads.invokeAll(tasks)) {
            done.get();
        }
        return count * NANOS / (System.nanoTime() - begun);
    }

    /** How many milliseconds one takes, when nothing else is done. */
    double median(int count, int bytes) throws Exception {
        HttpRequest request = request("/jobs", WebSubmits.job(bytes));
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long begun = System.nanoTime();
            send(request, 1);
            nanos.add(System.nanoTime() - begun);
        }
        Collections.sort(nanos);
        return nanos.get(count / 2) / 1e6;
    }

    /** How long a question takes, 95 of 100 times, in milliseconds. */
    double ask(String path, int times) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(host + "/api/v1" + path))
                .header("Cookie", cookie)
                .build();
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            long begun = System.nanoTime();
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            nanos[i] = System.nanoTime() - begun;
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
            }
        }
        Arrays.sort(nanos);
        return Percentile.millis(nanos, 95);
    }

    private Void send(HttpRequest request, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 201) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
        }
        return null;
    }

    private HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(URI.create(host + "/api/v1" + path))
                .header("Content-Type", "application/json")
                .header("Cookie", cookie)
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
