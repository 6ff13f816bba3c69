// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Submits by HTTP, from another process, beside those of a bundle in the host. */
final class WebSubmits {

    private static final int BYTES = 200;
    private static final int CONNECTIONS = 16;
    private static final int BATCH = 100;
    private static final int FRAME = "{\"text\":\"\"}".length();

    private WebSubmits() {}

    static List<Figure> measure(Stage stage) throws Exception {
        int count = stage.scaled(20_000);
        int alone = stage.scaled(2_000);
        MeasuredHost host = startOpen(stage);
        List<Double> single = new ArrayList<>();
        List<Double> singleRatio = new ArrayList<>();
        List<Double> batch = new ArrayList<>();
        List<Double> batchRatio = new ArrayList<>();
        List<Double> more = new ArrayList<>();
        try (WebClient client = WebClient.signedIn(host.shell("job:console").strip())) {
            for (int round = stage.firstRound(); round <= stage.rounds(); round++) {
                stage.round(round, host);
                double inside = host.measure("submit", count, 8, 1, BYTES).rate();
                double outside = client.submit(count, CONNECTIONS, 1, BYTES);
                double insideBatch =
                        host.measure("submit", count, 8, BATCH, BYTES).rate();
                double outsideBatch = client.submit(count, 8, BATCH, BYTES);
                double insideAlone =
                        1_000 / host.measure("submit", alone, 1, 1, BYTES).rate();
                double outsideAlone = client.median(alone, BYTES);
                host.measure("drain", 4 * count + 2 * alone);
                if (round > 0) {
                    single.add(outside);
                    singleRatio.add(outside / inside);
                    batch.add(outsideBatch);
                    batchRatio.add(outsideBatch / insideBatch);
                    more.add(outsideAlone - insideAlone);
                }
            }
        }
        return List.of(
                Figure.value("W19", "by HTTP, 16 connections", "jobs/s", single, ""),
                Figure.value("W19", "beside 8 threads in the host", "", singleRatio, "0.3"),
                Figure.value("W19", "by HTTP, batches of 100", "jobs/s", batch, ""),
                Figure.value("W19", "beside submitAll of 100 in the host", "", batchRatio, "0.5"),
                Figure.value("W19", "one at a time: p50 by HTTP less the mean in the host", "ms", more, "1.5 at most"));
    }

    /** A host with an address. */
    static MeasuredHost startOpen(Stage stage) throws IOException, InterruptedException {
        return startOpen(stage, stage.idleHost("host"));
    }

    /** Gives a host an address, and starts it. */
    static MeasuredHost startOpen(Stage stage, MeasuredHost host) throws IOException, InterruptedException {
        host.configure("io.jobyard.http", "port = " + freePort());
        return stage.start(host);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** As the payloads of the load bundle. */
    static String job(int bytes) {
        return String.format(
                Locale.ROOT, "{\"type\": \"bench\", \"payload\": {\"text\": \"%s\"}}", "x".repeat(bytes - FRAME));
    }
}
