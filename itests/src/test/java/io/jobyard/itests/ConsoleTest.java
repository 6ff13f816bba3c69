// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.itests.tricky.Tricky;
import io.jobyard.store.postgres.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;

/** What tests of the console have: one host for all of a class, and a browser for each of them. */
public abstract class ConsoleTest {

    static final String PASSWORD = "correct horse battery";

    @ClassRule
    public static final HostProcess HOST = new HostProcess().withExamples();

    /** Of whose tests the host is. */
    private static Class<?> owner = ConsoleTest.class;

    private static int port;

    ConsoleBrowser browser;

    @Before
    public final void open() throws Exception {
        ConsoleBrowser.assumeThere();
        if (owner != getClass()) {
            owner = getClass();
            port = FreePort.next();
            HOST.configure("io.jobyard.http", "port = " + port);
            prepare();
            HOST.start();
            begin();
        }
        browser = new ConsoleBrowser(port);
    }

    /** Gives the host, which has not started, what the tests need. */
    abstract void prepare() throws Exception;

    /** Once the host runs. */
    void begin() throws Exception {}

    @After
    public final void close() {
        if (browser != null) {
            browser.close();
        }
    }

    /** Adds a user with the one password. */
    static void user(String name) throws Exception {
        Path secret = Files.writeString(HOST.instance().resolve("secret"), PASSWORD + "\n");
        assertThat(HOST.jobyard(secret, "user", "add", name).exit()).isZero();
    }

    /** Drops the handler that says whatever it is told. */
    static void dropTricky() throws Exception {
        Path deploy = Files.createDirectories(HOST.instance().resolve("deploy"), HostProcess.PRIVATE);
        HandlerJar.write(deploy.resolve("tricky.jar"), Tricky.class, "com.acme.tricky", "1.0.0");
    }

    final void enter() throws Exception {
        browser.open(HOST.json("job:console").get("url").asText());
        browser.settled();
    }

    final void signIn(String user, String password) {
        browser.open("");
        browser.until("return !!document.querySelector('input[name=password]')");
        browser.find("input[name=user]").sendKeys(user);
        browser.find("input[name=password]").sendKeys(password);
        browser.click("Sign in");
    }

    static String submit(String rest) throws Exception {
        return HOST.json("job:submit " + rest).get("id").asText();
    }

    /** A job of the dropped handler, submitted in the browser. */
    final String tricky(List<String> texts, String end, Map<String, Object> more) {
        Map<String, Object> job = new HashMap<>(more);
        job.put("type", "tricky");
        job.put("payload", Map.of("texts", texts, "end", end));
        return String.valueOf(browser.post("/api/v1/jobs", job).get("id"));
    }
}
