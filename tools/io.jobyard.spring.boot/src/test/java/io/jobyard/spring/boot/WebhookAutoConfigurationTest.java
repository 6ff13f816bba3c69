// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.event.EventListener;

class WebhookAutoConfigurationTest {

    private static final String PATH = "jobyard.webhook.path=/hooks/jobyard";
    private static final String SECRETS = "jobyard.webhook.secrets=old," + SignedCall.SECRET;

    private final WebApplicationContextRunner application = new WebApplicationContextRunner(
                    AnnotationConfigServletWebServerApplicationContext::new)
            .withConfiguration(AutoConfigurations.of(
                    ServletWebServerFactoryAutoConfiguration.class,
                    DispatcherServletAutoConfiguration.class,
                    WebMvcAutoConfiguration.class,
                    HttpMessageConvertersAutoConfiguration.class,
                    WebhookAutoConfiguration.class))
            .withPropertyValues("server.port=0");

    static class Listener {

        final List<WebhookEvent> events = new CopyOnWriteArrayList<>();

        @EventListener
        void changed(WebhookEvent event) {
            events.add(event);
        }
    }

    @Test
    void aListenerReceivesTheWebhooksThatTheHostSigned() {
        application.withPropertyValues(PATH, SECRETS).withBean(Listener.class).run(context -> {
            int port = ((AnnotationConfigServletWebServerApplicationContext) context.getSourceApplicationContext())
                    .getWebServer()
                    .getPort();
            SignedCall signed = SignedCall.of("evt_1", Instant.now(), SignedCall.BODY);
            assertThat(send(port, new SignedCall("evt_1", signed.timestamp(), "v1,AAAA", signed.body()))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(context.getBean(Listener.class).events).isEmpty();
            assertThat(send(port, signed).statusCode()).isEqualTo(204);
            assertThat(context.getBean(Listener.class).events).containsExactly(SignedCall.EVENT);
        });
    }

    @Test
    void withoutAPathThereIsNoEndpoint() {
        application
                .withPropertyValues(SECRETS)
                .run(context -> assertThat(context).doesNotHaveBean(WebhookEndpoint.class));
    }

    @Test
    void anApplicationThatIsNotAServerHasNoEndpoint() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(WebhookAutoConfiguration.class))
                .withPropertyValues(PATH, SECRETS)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(WebhookEndpoint.class));
    }

    @ParameterizedTest
    @CsvSource({
        "/hooks, , missing secret",
        "/hooks, whsec_%, invalid secret",
        "/hooks, 'good,whsec_%', invalid secret",
        "hooks, good, 'it must begin with /'"
    })
    void anEndpointWithoutAValidPathAndSecretStopsTheStart(String path, String secrets, String reason) {
        application
                .withPropertyValues(
                        "jobyard.webhook.path=" + path, "jobyard.webhook.secrets=" + (secrets == null ? "" : secrets))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("jobyard.webhook.")
                        .hasMessageContaining(reason)
                        .message()
                        .doesNotContain("whsec_%"));
    }

    private static HttpResponse<String> send(int port, SignedCall call) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/hooks/jobyard"))
                                .header("Content-Type", "application/json")
                                .header("webhook-id", call.id())
                                .header("webhook-timestamp", call.timestamp())
                                .header("webhook-signature", call.signature())
                                .POST(BodyPublishers.ofString(call.body()))
                                .build(),
                        BodyHandlers.ofString());
    }
}
