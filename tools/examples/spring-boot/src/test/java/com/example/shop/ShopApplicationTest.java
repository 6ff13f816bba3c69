// SPDX-License-Identifier: Apache-2.0
package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.example.shop.Invoices.Invoice;
import com.example.shop.Invoices.Order;
import com.sun.net.httpserver.HttpServer;
import io.jobyard.spring.boot.WebhookEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.event.EventListener;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ShopApplicationTest {

    private static final String SECRET = "a secret that the host has";
    private static final BlockingQueue<String> SUBMITTED = new LinkedBlockingQueue<>();
    private static final BlockingQueue<WebhookEvent> ENDED = new LinkedBlockingQueue<>();
    private static HttpServer host;

    @Autowired
    private Invoices invoices;

    @LocalServerPort
    private int port;

    @TestConfiguration
    static class Listening {

        @EventListener
        void ended(WebhookEvent event) {
            ENDED.add(event);
        }
    }

    /** Stands in for a host. */
    @DynamicPropertySource
    static void host(DynamicPropertyRegistry properties) throws IOException {
        host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.setExecutor(Executors.newCachedThreadPool());
        answer("/api/v1/jobs/7", "{\"status\": \"completed\", \"result\": {\"file\": \"4711.pdf\"}}");
        answer("/api/v1/jobs", "{\"id\": \"7\", \"status\": \"queued\"}");
        host.start();
        Path token = Files.writeString(Files.createTempFile("token", ""), "secret");
        properties.add(
                "jobyard.url", () -> "http://127.0.0.1:" + host.getAddress().getPort());
        properties.add("jobyard.token-file", token::toString);
        properties.add("SHOP_WEBHOOK_SECRET", () -> SECRET);
    }

    private static void answer(String path, String body) {
        host.createContext(path, exchange -> {
            byte[] asked = exchange.getRequestBody().readAllBytes();
            if (asked.length > 0) {
                SUBMITTED.add(new String(asked, StandardCharsets.UTF_8));
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
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
    }

    @Test
    void theHostReportsTheEndOfAnInvoiceWithASignedCall() throws Exception {
        String body = "{\"type\": \"job.completed\", \"data\": {\"id\": \"7\", \"type\": \"invoice\","
                + " \"submitter\": \"shop\", \"status\": \"completed\", \"at\": \"2030-01-01T00:00:00Z\"}}";
        String timestamp = Long.toString(Instant.now().getEpochSecond());
        assertThat(send(body, timestamp, "v1,AAAA")).isEqualTo(401);
        assertThat(ENDED).isEmpty();
        assertThat(send(body, timestamp, signature("evt_1." + timestamp + "." + body)))
                .isEqualTo(204);
        assertThat(ENDED).extracting(WebhookEvent::job, WebhookEvent::status).containsExactly(tuple("7", "completed"));
    }

    private int send(String body, String timestamp, String signature) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hooks/jobyard"))
                                .header("Content-Type", "application/json")
                                .header("webhook-id", "evt_1")
                                .header("webhook-timestamp", timestamp)
                                .header("webhook-signature", signature)
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private static String signature(String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
