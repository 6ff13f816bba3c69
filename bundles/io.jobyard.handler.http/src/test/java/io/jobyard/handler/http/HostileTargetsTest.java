// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.handler.PermanentException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Targets at which a submitter might try to get behind the network's walls: all are refused though their origin is allowed. */
class HostileTargetsTest {

    private final HttpFixture http = new HttpFixture();
    /** Listens at all addresses of the machine: nobody may connect. */
    private ServerSocket inside;

    @BeforeEach
    void listen() throws Exception {
        inside = new ServerSocket(0, 50, InetAddress.getByName("::"));
        Map.of(
                        "private.test", "10.1.2.3",
                        "loop.test", "127.0.0.1",
                        "loop6.test", "::1",
                        "one-of-two.test", "93.184.215.14 10.0.0.1",
                        "one-of-three.test", "93.184.215.14 2606:4700::1111 fd12::1",
                        "mapped.test", "::ffff:127.0.0.1",
                        "cloud.test", "169.254.169.254",
                        "nat64.test", "64:ff9b::a9fe:a9fe",
                        "localhost", "127.0.0.1",
                        "zero.test", "0.0.0.0")
                .forEach((name, addresses) -> http.names.put(name, List.of(addresses)));
    }

    @AfterEach
    void close() throws Exception {
        http.close();
        inside.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // the machine itself
                "http://127.0.0.1:PORT/                    | loopback",
                "http://127.8.9.10:PORT/                   | loopback",
                "http://[::1]:PORT/                        | loopback",
                "http://[0:0:0:0:0:0:0:1]:PORT/            | loopback",
                "http://0.0.0.0:PORT/                      | an unspecified address",
                "http://[::]:PORT/                         | an unspecified address",
                "http://localhost:PORT/                    | loopback",
                "http://LOCALHOST:PORT/                    | loopback",
                "http://loop.test:PORT/                    | loopback",
                "http://loop6.test:PORT/                   | loopback",
                "http://zero.test:PORT/                    | an unspecified address",
                // other ways to write it
                "http://2130706433:PORT/                   | a number",
                "http://0x7f000001:PORT/                   | a number",
                "http://0x7f.0.0.1:PORT/                   | a number",
                "http://0177.0.0.1:PORT/                   | a number",
                "http://017700000001:PORT/                 | a number",
                "http://127.1:PORT/                        | a number",
                "http://127.0.1:PORT/                      | a number",
                "http://127.0.0.01:PORT/                   | a number",
                "http://0:PORT/                            | a number",
                "http://127.0.0.0x1:PORT/                  | a number",
                "http://256.0.0.1:PORT/                    | a number",
                "http://127.0.0.1.:PORT/                   | dot at the end",
                "http://localhost.:PORT/                   | dot at the end",
                "http://%31%32%37.0.0.1:PORT/              | host",
                "http://127。0。0。1:PORT/                  | characters",
                "http://１２７.0.0.1:PORT/                  | characters",
                "http://ⓛocalhost:PORT/                    | characters",
                "http://loc\u00adalhost:PORT/              | characters",
                "http://local_host:PORT/                   | host",
                // the same in other addresses
                "http://[::ffff:127.0.0.1]:PORT/           | loopback",
                "http://[::ffff:7f00:1]:PORT/              | loopback",
                "http://[::127.0.0.1]:PORT/                | contains",
                "http://[::ffff:0:127.0.0.1]:PORT/         | is not a public address",
                "http://[64:ff9b::127.0.0.1]:PORT/         | contains",
                "http://[64:ff9b::a9fe:a9fe]/              | contains",
                "http://[64:ff9b:1::7f00:1]:PORT/          | is not a public address",
                "http://[2002:7f00:1::]:PORT/              | contains",
                "http://[2002:a00:1::1]/                   | contains",
                "http://[2001:0:7f00:1::]/                 | contains",
                "http://[2001:0:808:808:0:0:80ff:fffe]/    | contains",
                "http://[2606:4700::5efe:10.0.0.1]/        | contains",
                "http://mapped.test:PORT/                  | loopback",
                "http://nat64.test:PORT/                   | contains",
                "http://[fe80::1%25lo]:PORT/               | host",
                // networks that are not public
                "http://10.0.0.1/                          | private",
                "http://172.16.0.1/                        | private",
                "http://172.31.255.255/                    | private",
                "http://192.168.1.1/                       | private",
                "http://100.64.0.1/                        | carrier",
                "http://169.254.1.1/                       | link-local",
                "http://[fe80::1]/                         | link-local",
                "http://[fd12:3456::1]/                    | unique local",
                "http://[fec0::1]/                         | is not a public address",
                "http://private.test/                      | private",
                "http://one-of-two.test/                   | private",
                "http://one-of-three.test/                 | unique local",
                // no hosts at all
                "http://224.0.0.1/                         | multicast",
                "http://[ff02::1]/                         | multicast",
                "http://255.255.255.255/                   | broadcast",
                "http://240.0.0.1/                         | reserved",
                "http://192.0.2.1/                         | a documentation address",
                "http://[2001:db8::1]/                     | a documentation address",
                "http://198.18.0.1/                        | a benchmark address",
                "http://192.88.99.1/                       | reserved",
                "http://[100::1]/                          | is not a public address",
                // clouds
                "http://169.254.169.254/latest/meta-data/  | metadata",
                "http://cloud.test/latest/meta-data/       | metadata",
                "http://[fd00:ec2::254]/                   | metadata",
                "http://metadata.google.internal/          | metadata",
                "http://metadata/                          | metadata",
                "http://100.100.100.200/                   | metadata",
                "http://168.63.129.16/                     | metadata",
                "http://192.0.0.192/                       | metadata",
                // URLs that two readers read in two ways
                "http://api.test@127.0.0.1:PORT/           | a user before",
                "http://user:word@api.test/                | a user before",
                "http://127.0.0.1:PORT\\@api.test/         | characters",
                "http://api.test\\.127.0.0.1/              | characters",
                "http://api.test#@127.0.0.1:PORT/          | may not call",
                "http://127.0.0.1\u0000.api.test:PORT/      | characters",
                "http://api.test/ HTTP/1.1                 | characters",
                "http://api.test/CRLFHost:127.0.0.1        | characters",
                "http:///127.0.0.1:PORT/                   | no host",
                "http:127.0.0.1:PORT/                      | no host",
                "//127.0.0.1:PORT/                         | neither http",
                "http://[::1]127.0.0.1:PORT/               | it is not a URL",
                "http://127.0.0.1:PORT:80/                 | host",
                "http://api.test:0/                        | port",
                "http://api.test:65536/                    | port",
                "http://api.test:/                         | port",
                "http://api.test:080/                      | port",
                // other schemes
                "file:///etc/passwd                        | neither http",
                "ftp://127.0.0.1:PORT/                     | neither http",
                "gopher://127.0.0.1:PORT/                  | neither http",
                "jar:http://127.0.0.1:PORT/a.jar!/         | neither http",
                "unix:/run/docker.sock                     | neither http",
            })
    void isRefused(String url, String why) throws Exception {
        String hostile = url.replace("PORT", inside.getLocalPort() + "").replace("CRLF", "\r\n");
        http.configuration.put("allow", origin(hostile));

        assertThatThrownBy(() -> http.get(hostile))
                .isInstanceOf(PermanentException.class)
                .hasMessageContaining(why);

        inside.setSoTimeout(1);
        assertThatThrownBy(inside::accept).as("a connection").isInstanceOf(java.net.SocketTimeoutException.class);
    }

    /** Its own, where it has one: so it is not the list of origins that refuses it. */
    private static String origin(String url) {
        try {
            return url.contains("#")
                    ? "http://other.test"
                    : CallTarget.parse(url).origin().toString();
        } catch (IllegalArgumentException e) {
            return "http://api.test";
        }
    }

    @Test
    void isRefusedWhereARedirectLeadsThere() throws Exception {
        int port = http.serve(exchange -> HttpFixture.redirect(exchange, 302, "http://10.0.0.1/"));
        http.configuration.put("allow", "http://api.test:" + port + ", http://10.0.0.1");

        assertThatThrownBy(() -> http.get("http://api.test:" + port + "/"))
                .isInstanceOf(PermanentException.class)
                .hasMessage("http_request may not call http://10.0.0.1: 10.0.0.1 is a private address; to allow it, set"
                        + " in etc/io.jobyard.handler.http.cfg: private = 10.0.0.1/32");
    }

    @Test
    void isRefusedWhereARedirectLeadsToAnOriginThatIsNotAllowed() throws Exception {
        int port = http.serve(exchange -> HttpFixture.redirect(exchange, 302, "//evil.test/"));

        assertThatThrownBy(() -> http.get("http://api.test:" + port + "/"))
                .isInstanceOf(PermanentException.class)
                .hasMessage(
                        "http_request may not call http://evil.test: not in the allowed origins; to allow it, set in"
                                + " etc/io.jobyard.handler.http.cfg: allow = http://evil.test");
        assertThat(http.lookups).doesNotContain("evil.test");
    }

    @Test
    void aNameThatIsBoundAnewBetweenCheckAndCallIsCalledWhereItWasChecked() throws Exception {
        int port = http.serve("127.0.0.2", 0, exchange -> HttpFixture.answer(exchange, 200, "text/plain", "checked"));
        http.serve("127.0.0.3", port, exchange -> HttpFixture.answer(exchange, 200, "text/plain", "rebound"));
        http.names.put("rebind.test", List.of("127.0.0.2", "127.0.0.3"));
        http.configuration.putAll(Map.of("allow", "http://rebind.test:" + port, "private", "127.0.0.2/32"));

        assertThat(http.get("http://rebind.test:" + port + "/")).containsEntry("body", "checked");
        assertThatThrownBy(() -> http.get("http://rebind.test:" + port + "/"))
                .isInstanceOf(PermanentException.class)
                .hasMessageContaining("127.0.0.3 is a loopback address");
        assertThat(http.lookups).containsExactly("rebind.test", "rebind.test");
    }

    @Test
    void aNameThatIsBoundAnewBetweenARedirectAndItsGoalIsRefused() throws Exception {
        int port = http.serve("127.0.0.2", 0, exchange -> HttpFixture.redirect(exchange, 307, "/again"));
        http.serve("127.0.0.3", port, exchange -> HttpFixture.answer(exchange, 200, "text/plain", "rebound"));
        http.names.put("rebind.test", List.of("127.0.0.2", "127.0.0.3"));
        http.configuration.putAll(Map.of("allow", "http://rebind.test:" + port, "private", "127.0.0.2/32"));

        assertThatThrownBy(() -> http.get("http://rebind.test:" + port + "/"))
                .isInstanceOf(PermanentException.class)
                .hasMessageContaining("127.0.0.3 is a loopback address");
        assertThat(http.asked).containsExactly("GET /");
    }
}
