// SPDX-License-Identifier: Apache-2.0
package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.shop.Invoices.Invoice;
import com.example.shop.Invoices.Order;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.event.EventListener;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest
class ShopApplicationTest {

    private static final BlockingQueue<String> SUBMITTED = new LinkedBlockingQueue<>();
    private static final BlockingQueue<EndedJobs.Ended> ENDED = new LinkedBlockingQueue<>();
    private static HttpServer host;

    @Autowired
    private Invoices invoices;

    @TestConfiguration
    static class Listening {

        @EventListener
        void ended(EndedJobs.Ended ended) {
            ENDED.add(ended);
        }
    }

    /** Stands in for a host. */
    @DynamicPropertySource
    static void host(DynamicPropertyRegistry properties) throws IOException {
        host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.setExecutor(Executors.newCachedThreadPool());
        answer(
                "/api/v1/jobs/7",
                "application/json",
                "{\"status\": \"completed\", \"result\": {\"file\": \"4711.pdf\"}}");
        answer("/api/v1/jobs", "application/json", "{\"id\": \"7\", \"status\": \"queued\"}");
        answer(
                "/events",
                "text/event-stream",
                "id: a\nevent: completed\ndata: {\"id\": \"7\", \"status\": \"completed\"}\n\n");
        host.start();
        Path token = Files.writeString(Files.createTempFile("token", ""), "secret");
        properties.add(
                "jobyard.url", () -> "http://127.0.0.1:" + host.getAddress().getPort());
        properties.add("jobyard.token-file", token::toString);
    }

    private static void answer(String path, String mediaType, String body) {
        host.createContext(path, exchange -> {
            byte[] asked = exchange.getRequestBody().readAllBytes();
            if (asked.length > 0) {
                SUBMITTED.add(new String(asked, StandardCharsets.UTF_8));
            }
            exchange.getResponseHeaders().set("Content-Type", mediaType);
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @AfterAll
    static void end() {
        host.stop(0);
    }

    @Test
    void anOrderBecomesAnInvoice() throws InterruptedException {
        String job = invoices.request(new Order(4711, "ann"));
        assertThat(invoices.await(job).join()).isEqualTo(new Invoice("4711.pdf"));
        assertThat(SUBMITTED.take())
                .contains("\"payload\":{\"number\":4711,\"customer\":\"ann\"}", "\"key\":\"invoice-4711\"");
        assertThat(ENDED.poll(1, TimeUnit.MINUTES)).isEqualTo(new EndedJobs.Ended("7", "completed"));
    }
}
