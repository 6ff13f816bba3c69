// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spring.boot;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Server with the answers of a host. */
final class HostFixture implements AutoCloseable {

    /** The headers {@code Authorization} of the requests. */
    final List<String> tokens = new CopyOnWriteArrayList<>();

    private final HttpServer server;

    HostFixture() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        on("/api/v1/jobs/7", 200, "application/json", "{\"id\": \"7\", \"status\": \"queued\"}");
    }

    void on(String path, int status, String mediaType, String body) {
        server.createContext(path, exchange -> {
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.getResponseHeaders().set("Content-Type", mediaType);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
