// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Puts texts that run as code wherever a text goes in, and looks at every screen for one that runs. */
final class ConsoleTricks {

    private static final String WATCHED =
            "window.reports = []; document.addEventListener('securitypolicyviolation', (event) => reports.push(event.violatedDirective))";
    /** What a browser would run, or load, of what is on the page. */
    private static final String MADE = """
            return [...document.querySelectorAll('main *, dialog *, header *, #notes *')]
                .filter((each) => ['IFRAME', 'SCRIPT', 'IMG', 'OBJECT', 'VIDEO', 'STYLE', 'TEMPLATE', 'MATH'].includes(each.tagName.toUpperCase())
                    || [...each.attributes].some((one) => one.name.startsWith('on') || /^\\s*javascript:/i.test(one.value)))
                .map((each) => each.outerHTML)""";

    /** As if all that the host answers named it so. */
    private static final String RENAMED = """
            const name = arguments[0];
            const asked = window.fetch;
            window.fetch = async (...request) => {
                const answer = await asked(...request);
                const text = await answer.text();
                const renamed = text.replaceAll(name, JSON.stringify(window.hostName).slice(1, -1));
                return new Response(renamed || null, {status: answer.status, headers: answer.headers});
            };""";

    private final ConsoleBrowser browser;
    private final List<String> tricks = Tricks.all();

    ConsoleTricks(ConsoleBrowser browser) {
        this.browser = browser;
    }

    /** Members of a role of these names, as a configuration takes them. */
    static String members() {
        return String.join(", ", names().stream().map(name -> "user:" + name).toList());
    }

    private static List<String> names() {
        return Tricks.all().stream().filter(trick -> !trick.contains("$")).toList();
    }

    void watch() {
        browser.script(WATCHED);
    }

    /** Nothing has run, nothing was tried, and nothing stands there that would. */
    void nothingRan(String where) {
        assertThat(browser.script("return window.hacked === undefined"))
                .as(where)
                .isEqualTo(true);
        assertThat(browser.script("return window.reports")).as(where).isEqualTo(List.of());
        assertThat(browser.script(MADE)).as(where).isEqualTo(List.of());
    }

    /** Jobs that say it in all that a job has, each by a user of such a name if there is one; their ids. */
    List<String> jobs(String end) {
        List<Map<String, Object>> requests = new ArrayList<>();
        for (String trick : tricks) {
            requests.add(Map.of(
                    "path",
                    "/api/v1/jobs",
                    "as",
                    names().contains(trick) ? trick : "",
                    "body",
                    Map.of(
                            "type",
                            "tricky",
                            "payload",
                            Map.of("texts", List.of(trick), "end", end, trick, trick),
                            "key",
                            trick + end,
                            "labels",
                            Map.of("trick", trick),
                            "maxRetries",
                            0)));
        }
        return sent(requests).stream()
                .map(answer -> String.valueOf(answer.get("id")))
                .toList();
    }

    /** Queues, types and schedules that are paused for it, jobs of each of these queues, and one that is paused. */
    void pauses() {
        List<Map<String, Object>> requests = new ArrayList<>();
        IntStream.range(0, tricks.size()).forEach(n -> {
            Map<String, Object> why = Map.of("reason", tricks.get(n));
            Map<String, Object> job = Map.of("type", "echo", "payload", Map.of(), "queue", "q" + n);
            requests.add(Map.of("path", "/api/v1/queues/q" + n + "/pause", "body", why));
            requests.add(
                    Map.of("path", "/api/v1/pauses", "body", Map.of("target", "type:t" + n, "reason", tricks.get(n))));
            requests.add(Map.of("path", "/api/v1/jobs", "body", job));
            requests.add(
                    Map.of("path", "/api/v1/schedules", "body", Map.of("name", "s" + n, "every", "1h", "job", job)));
            requests.add(Map.of("path", "/api/v1/schedules/s" + n + "/pause", "body", why));
        });
        sent(requests);
    }

    void resume() {
        List<Map<String, Object>> requests = new ArrayList<>();
        IntStream.range(0, tricks.size()).forEach(n -> {
            requests.add(Map.of("path", "/api/v1/queues/q" + n + "/resume", "body", Map.of()));
            requests.add(Map.of("path", "/api/v1/pauses/type:t" + n, "method", "DELETE"));
            requests.add(Map.of("path", "/api/v1/schedules/s" + n, "method", "DELETE"));
        });
        sent(requests);
    }

    private List<Map<String, Object>> sent(List<Map<String, Object>> requests) {
        List<Map<String, Object>> answers = browser.send(requests);
        assertThat(answers).allSatisfy(answer -> assertThat(answer).doesNotContainKey("code"));
        return answers;
    }

    /** Looks at what shows the name of a host, the page of a job that it ran among it. */
    void namesOfHosts(String host, String job) {
        browser.script(RENAMED, host);
        for (String trick : tricks) {
            browser.script("window.hostName = arguments[0]", trick);
            for (String screen : List.of("jobs/" + job, "hosts")) {
                browser.go(screen);
                browser.until("return document.querySelector('main').textContent.includes(arguments[0])", trick);
                nothingRan(screen + " of a host " + trick);
            }
            browser.click("Drain");
            browser.until("return document.querySelector('dialog').textContent.includes(arguments[0])", trick);
            nothingRan("a question about a host " + trick);
            browser.click("Close");
        }
    }

    /** How many run in a page that takes them for HTML: what is looked for can be found. */
    long thatRunElsewhere() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            int number = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
            byte[] page =
                    ("<!doctype html><title>open</title><body>" + tricks.get(number)).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html;charset=utf-8");
            exchange.sendResponseHeaders(number < tricks.size() ? 200 : 404, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        try {
            return IntStream.range(0, tricks.size())
                    .filter(number -> {
                        browser.visit("http://127.0.0.1:" + server.getAddress().getPort() + "/" + number);
                        return browser.comes("return window.hacked === 1", 1);
                    })
                    .count();
        } finally {
            server.stop(0);
        }
    }
}
