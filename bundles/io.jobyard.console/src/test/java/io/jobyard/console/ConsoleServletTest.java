// SPDX-License-Identifier: Apache-2.0
package io.jobyard.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsoleServletTest {

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    @BeforeEach
    void start() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(new ConsoleServlet(new ConsoleFiles(ConsoleFixture.built())), "/");
        server.setHandler(context);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void thePageAllowsNothingButFilesOfThisHostAndItsOneImportMap() throws IOException {
        String answer = ask("GET", "/");

        assertThat(answer).startsWith("HTTP/1.1 200");
        String policy = header(answer, "Content-Security-Policy");
        assertThat(policy)
                .startsWith("default-src 'none';")
                .contains("require-trusted-types-for 'script'", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe", "http:", "https:", "*", "data:");
        Matcher imports = Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL)
                .matcher(answer);
        assertThat(imports.find()).isTrue();
        byte[] inline = imports.group(1).getBytes(StandardCharsets.UTF_8);
        assertThat(policy).contains("'sha256-" + new Digest().add(inline).base64() + "'");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer).doesNotContain("ROOT", "://");
    }

    @Test
    void aBrowserKeepsAFileOfThisVersionForGood() throws IOException {
        Matcher script = Pattern.compile("/console/[0-9a-f]{12}/console\\.js").matcher(ask("GET", "/"));
        assertThat(script.find()).isTrue();

        String answer = ask("GET", script.group());

        assertThat(answer).startsWith("HTTP/1.1 200").contains("customElements.define('jobyard-console'");
        assertThat(header(answer, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(header(answer, "Content-Type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(ask("GET", "/console/000000000000/console.js")).startsWith("HTTP/1.1 404");
    }

    @Test
    void nothingOutsideItsFolderIsServed() throws IOException {
        String root = new ConsoleFiles(ConsoleFixture.built()).root();

        for (String path : new String[] {
            "../io/jobyard/console/ConsoleServlet.class",
            "%2e%2e/META-INF/MANIFEST.MF",
            "..%2fMETA-INF/MANIFEST.MF",
            "/META-INF/MANIFEST.MF",
            "lit/../../META-INF/MANIFEST.MF",
            "",
            "lit",
            "lit/"
        }) {
            assertThat(ask("GET", root + path)).as(path).containsPattern("^HTTP/1.1 (400|404)");
        }
    }

    @Test
    void whatIsNotTheConsoleIsNotFoundWhateverTheMethod() throws IOException {
        assertThat(ask("GET", "/nothing")).startsWith("HTTP/1.1 404");
        assertThat(ask("POST", "/nothing")).startsWith("HTTP/1.1 404");
        assertThat(ask("POST", "/")).startsWith("HTTP/1.1 405");
        assertThat(ask("HEAD", "/")).startsWith("HTTP/1.1 200").doesNotContain("<html");
    }

    @Test
    void theWayToTheConsoleLeadsToThePage() throws IOException {
        assertThat(header(ask("GET", "/console"), "Location")).isEqualTo("/");
        assertThat(header(ask("GET", "/console/"), "Location")).isEqualTo("/");
    }

    private static String header(String answer, String name) {
        return answer.lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse("");
    }

    /** What a client would make of the path first is not wanted here. */
    private String ask(String method, String path) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
            OutputStream out = socket.getOutputStream();
            out.write((method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
