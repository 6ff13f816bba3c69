// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import io.jobyard.api.handler.PermanentException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate is for api.test alone, reached at a loopback address. */
class TlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private static Path directory;

    private static KeyStore keys;

    private final List<String> askedFor = new CopyOnWriteArrayList<>();
    private HttpFixture http;
    private int port;

    @BeforeAll
    static void certify() throws Exception {
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
                        new String(PASSWORD),
                        "-dname",
                        "CN=test",
                        "-ext",
                        "san=dns:api.test")
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
    }

    @BeforeEach
    void serve() throws Exception {
        SslContextFactory.Client trusting = new SslContextFactory.Client();
        trusting.setTrustStore(keys);
        http = new HttpFixture(trusting);
        port = serve(exchange -> {
            askedFor.add(((ExtendedSSLSession) ((HttpsExchange) exchange).getSSLSession())
                    .getRequestedServerNames()
                    .toString());
            if (exchange.getRequestURI().getPath().equals("/down")) {
                HttpFixture.redirect(exchange, 302, "http://api.test/");
            } else {
                HttpFixture.answer(exchange, 200, "text/plain", "safe");
            }
        });
        http.names.putAll(Map.of("api.test", List.of("127.0.0.1"), "other.test", List.of("127.0.0.1")));
        http.configuration.putAll(Map.of(
                "allow",
                "https://api.test:" + port + ",https://other.test:" + port + ",http://api.test",
                "private",
                "127.0.0.0/8"));
    }

    private int serve(HttpHandler answer) throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return http.begin(server, answer);
    }

    @AfterEach
    void close() throws Exception {
        http.close();
    }

    @Test
    void theCertificateIsCheckedByTheNameThoughTheAddressIsCalled() throws Exception {
        assertThat(http.get("https://api.test:" + port)).containsEntry("body", "safe");
        assertThat(askedFor).singleElement().asString().contains("api.test");
    }

    @Test
    void aCertificateForAnotherNameIsRefusedBeforeTheRequestIsSent() {
        assertThatThrownBy(() -> http.run(Map.of("method", "POST", "url", "https://other.test:" + port)))
                .isInstanceOf(CallFailedException.class)
                .hasMessageContaining("other.test");
        assertThat(http.asked).isEmpty();
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
        HttpFixture doubting = new HttpFixture();
        doubting.names.putAll(http.names);
        doubting.configuration.putAll(http.configuration);

        assertThatThrownBy(() -> doubting.get("https://api.test:" + port)).isInstanceOf(CallFailedException.class);
        assertThat(http.asked).isEmpty();
        doubting.close();
    }

    @Test
    void noRedirectLeadsFromHttpsToHttp() {
        assertThatThrownBy(() -> http.get("https://api.test:" + port + "/down"))
                .isInstanceOf(PermanentException.class)
                .hasMessage("a redirect from https://api.test:" + port
                        + " is not allowed: it redirects from https to http");
    }
}
