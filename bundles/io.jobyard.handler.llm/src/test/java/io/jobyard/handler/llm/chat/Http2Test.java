// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import static io.jobyard.handler.llm.chat.ModelFixture.asking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.doubles.FakeJobContext;
import io.jobyard.handler.llm.endpoints.ConfiguredEndpoint;
import io.jobyard.handler.llm.endpoints.Endpoints;
import io.jobyard.handler.llm.wire.ModelQuery;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that speaks only HTTP/2, with few streams in each connection. */
class Http2Test {

    private static final String PASSWORD = "changeit";
    private static final int STREAMS = 20;
    private static final String ANSWER =
            "{\"choices\":[{\"message\":{\"content\":\"done\"},\"finish_reason\":\"stop\"}]}";

    @TempDir
    private Path directory;

    private final List<Runnable> waiting = new CopyOnWriteArrayList<>();
    private final List<String> versions = new CopyOnWriteArrayList<>();
    private final Map<String, Boolean> connections = new ConcurrentHashMap<>();
    private final Server server = new Server();
    private ModelHttp http;
    private ModelClient client;

    @BeforeEach
    void serve() throws Exception {
        KeyStore keys = keys();
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStore(keys);
        tls.setKeyStorePassword(PASSWORD);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.addCustomizer(new SecureRequestCustomizer(false));
        HTTP2ServerConnectionFactory h2 = new HTTP2ServerConnectionFactory(configuration);
        h2.setMaxConcurrentStreams(STREAMS);
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(h2.getProtocol());
        ServerConnector connector =
                new ServerConnector(server, new SslConnectionFactory(tls, alpn.getProtocol()), alpn, h2);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new HeldAnswer());
        server.start();

        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        http = new ModelHttp(builder -> builder.sslContext(context));
        Endpoints endpoints = new Endpoints(Duration.ZERO);
        endpoints.bindEndpoint(new ConfiguredEndpoint(Map.of(
                "service.pid", "io.jobyard.llm.endpoints~a",
                "url", "https://localhost:" + connector.getLocalPort() + "/v1",
                "wire", "openai",
                "models", "m")));
        client = new ModelClient(endpoints, http, ModelFixture.TOKENIZER, Clock.systemUTC());
    }

    @AfterEach
    void end() throws Exception {
        http.close();
        server.stop();
    }

    private KeyStore keys() throws Exception {
        Path file = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD,
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost")
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    /** Answers when the test says so. */
    private final class HeldAnswer extends Handler.Abstract.NonBlocking {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            versions.add(request.getConnectionMetaData().getHttpVersion().asString());
            connections.put(request.getConnectionMetaData().getId(), true);
            waiting.add(() -> {
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
                Content.Sink.write(response, true, ANSWER, callback);
            });
            return true;
        }
    }

    private CompletableFuture<Map<String, Object>> call(int number) {
        FakeJobContext context = asking("number " + number, "stream", false);
        return new ChatCompletion(client)
                .handle(context.payload(ModelQuery.class), context)
                .toCompletableFuture();
    }

    @Test
    void callsShareAConnectionAndMoreThanItAllowsUseFurtherOnes() throws Exception {
        answer(call(0), 1); // opens the connection
        List<CompletableFuture<Map<String, Object>>> calls = new ArrayList<>();
        for (int n = 0; n < STREAMS; n++) {
            calls.add(call(n));
        }
        await().until(() -> waiting.size() == calls.size());
        assertThat(connections).hasSize(1);
        for (int n = 0; n < 4 * STREAMS; n++) {
            calls.add(call(n));
        }
        await().until(() -> waiting.size() == calls.size());
        assertThat(connections).hasSizeGreaterThan(1);
        assertThat(versions).containsOnly("HTTP/2.0");
        answer(CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)), calls.size());
        for (CompletableFuture<Map<String, Object>> call : calls) {
            assertThat(call.get()).containsEntry("text", "done");
        }
    }

    private void answer(CompletableFuture<?> calls, int number) throws Exception {
        await().until(() -> waiting.size() == number);
        waiting.forEach(Runnable::run);
        calls.get();
        waiting.clear();
    }
}
