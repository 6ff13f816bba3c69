// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsKeysTest {

    private static final String PASSWORD = "keystore-pass";

    @TempDir
    Path directory;

    @Test
    void aRenewedFileIsTakenIntoUseAndABadOneLeavesTheOldInForce() throws Exception {
        make("host.p12", "first");
        try (WebFixture web =
                new WebFixture(directory, "tls.keystore", "host.p12", "tls.keystore.password", PASSWORD)) {
            assertThat(subject(web)).isEqualTo("CN=first");
            assertThat(web.problem()).isNull();

            make("next.p12", "second");
            Files.move(
                    directory.resolve("next.p12"), directory.resolve("host.p12"), StandardCopyOption.REPLACE_EXISTING);
            await().atMost(Duration.ofSeconds(60)).until(() -> subject(web).equals("CN=second"));

            Files.writeString(directory.resolve("host.p12"), "half of a");
            await().atMost(Duration.ofSeconds(60)).until(() -> web.problem() != null);
            assertThat(web.problem())
                    .startsWith("cannot use tls.keystore = host.p12 (")
                    .endsWith("in tls.keystore.password; until then, the previous certificate stays in use");
            assertThat(subject(web)).isEqualTo("CN=second");

            Files.delete(directory.resolve("host.p12"));
            make("host.p12", "third");
            await().atMost(Duration.ofSeconds(60)).until(() -> subject(web).equals("CN=third"));
            assertThat(web.problem()).isNull();
        }
    }

    @Test
    void aFileWithoutAKeyIsRefused() throws Exception {
        make("host.p12", "first");
        keytool("-exportcert", "-alias", "host", "-keystore", "host.p12", "-file", "host.crt");
        keytool("-importcert", "-noprompt", "-alias", "ca", "-file", "host.crt", "-keystore", "trust.p12");
        assertThatThrownBy(() -> WebFixture.openAndClose(
                        directory, "tls.keystore", "trust.p12", "tls.keystore.password", PASSWORD))
                .hasMessageStartingWith("cannot use tls.keystore = trust.p12 (it contains no key with a certificate);");
    }

    private void make(String name, String subject) throws Exception {
        keytool("-genkeypair", "-alias", "host", "-keyalg", "EC", "-dname", "CN=" + subject, "-keystore", name);
    }

    private void keytool(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 5];
        command[0] = Path.of(System.getProperty("java.home"), "bin/keytool").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        System.arraycopy(
                new String[] {"-storetype", "PKCS12", "-storepass", PASSWORD}, 0, command, arguments.length + 1, 4);
        Process keytool = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(said).isZero();
    }

    /** Of the certificate that a new connection gets. */
    private static String subject(WebFixture web) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", web.port())) {
            X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return shown.getSubjectX500Principal().getName();
        }
    }

    /** Trusts whoever answers. */
    private static final class Anybody implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // as it is
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // as it is
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
