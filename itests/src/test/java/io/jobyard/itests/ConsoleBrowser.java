// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import org.awaitility.core.ConditionTimeoutException;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A browser without a screen that looks at the console of a host. */
final class ConsoleBrowser implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int HEIGHT = 800;
    private static final String AXE = axe();

    private final ChromeDriver driver;
    private final String host;

    /** Skips the test where nobody said that a browser is there. */
    static void assumeThere() {
        assumeTrue(
                "a browser is needed: apt-get install chromium chromium-driver, then -Dbrowser=required",
                "required".equals(System.getProperty("browser")));
    }

    ConsoleBrowser(int port) {
        host = "http://127.0.0.1:" + port + "/";
        ChromeOptions options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-ipc-flooding-protection"); // or it leaves out what goes to 200 addresses within ten seconds
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
                        .usingAnyFreePort()
                        .build(),
                options);
        width(1200);
    }

    void width(int pixels) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
    }

    void system(String theme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
    }

    /** Opens the console in a new document, and waits until it shows something. */
    void open(String address) {
        driver.get("about:blank");
        visit(address.startsWith("http") ? address : host + address);
        // Chromium drops what is typed before a page is first painted (its feature DropInputEventsBeforeFirstPaint).
        until("return performance.getEntriesByName('first-contentful-paint').length > 0");
    }

    /** Opens a page and does not wait for its paint: it may show nothing. */
    void visit(String address) {
        driver.get(address);
    }

    /** Goes to a screen, and waits until it has read what it shows. */
    void go(String screen) {
        script("location.hash = arguments[0]", "#/" + screen);
        settled();
    }

    /** The same; how many milliseconds that took in the browser, and below it what each request took. */
    Map<String, Number> time(String screen) {
        @SuppressWarnings("unchecked")
        Map<String, Number> millis =
                (Map<String, Number>) Objects.requireNonNull(driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                performance.clearResourceTimings();
                const begun = performance.now();
                location.hash = arguments[0];
                const look = () => {
                  if (!document.querySelector('main h1') || document.body.innerText.includes('Reading …')) {
                    return requestAnimationFrame(look);
                  }
                  const took = {[arguments[0]]: performance.now() - begun};
                  for (const each of performance.getEntriesByType('resource')) {
                    if (each.name.includes('/api/')) took[new URL(each.name).pathname + new URL(each.name).search] = each.duration;
                  }
                  done(took);
                };
                setTimeout(look, 5);""", "#/" + screen));
        return millis;
    }

    void settled() {
        until("return !!document.querySelector('main h1') && !document.body.innerText.includes('Reading …')");
        script("return document.querySelector('jobyard-console').updateComplete");
    }

    void until(String condition, Object... arguments) {
        try {
            await().atMost(TIMEOUT)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> Boolean.TRUE.equals(script(condition, arguments)));
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    condition + " with " + List.of(arguments) + " at " + script("return location.href")
                            + " that shows:\n" + text(),
                    e);
        }
    }

    void untilTold(String text) {
        until("return document.body.innerText.includes(arguments[0])", text);
    }

    Object script(String code, Object... arguments) {
        return driver.executeScript(code, arguments);
    }

    /** Waits for what a promise gives. */
    Object answer(String promise, Object... arguments) {
        return Objects.requireNonNull(driver.executeAsyncScript(
                "const done = arguments[arguments.length - 1]; (" + promise
                        + ").then(done, (error) => done(String(error)))",
                arguments));
    }

    /** Sends a request as the page would, and waits for its answer. */
    @SuppressWarnings("unchecked")
    Map<String, Object> post(String path, Object body) {
        return (Map<String, Object>) Objects.requireNonNull(driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                fetch(arguments[0], {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(arguments[1])})
                    .then((answer) => answer.json()).then(done, (error) => done({detail: String(error)}));""", path, body));
    }

    /** The same for many at once: each with a path, and if need be a method, a body, and a user for whom it is sent. */
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> send(List<Map<String, Object>> requests) {
        return (List<Map<String, Object>>) Objects.requireNonNull(driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                const send = async ({path, method = 'POST', body, as}) => {
                    const headers = {'Content-Type': 'application/json', ...(as && {'Jobyard-As': as})};
                    const answer = await fetch(path, {method, headers, body: body && JSON.stringify(body)});
                    const text = await answer.text();
                    return text ? JSON.parse(text) : {};
                };
                (async () => {
                    const answers = [];
                    for (const each of arguments[0]) answers.push(await send(each));
                    return answers;
                })().then(done, (error) => done([{code: String(error)}]));""", requests));
    }

    /** What the API answers. */
    @SuppressWarnings("unchecked")
    Map<String, Object> get(String path) {
        return (Map<String, Object>) Objects.requireNonNull(driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                fetch(arguments[0]).then((answer) => answer.json()).then(done, (error) => done({code: String(error)}));""", path));
    }

    /** Whether something comes within so many seconds. */
    boolean comes(String condition, int seconds) {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            if (Boolean.TRUE.equals(script(condition))) {
                return true;
            }
            LockSupport.parkNanos(50_000_000);
        }
        return false;
    }

    String text() {
        return String.valueOf(script("return document.body.innerText"));
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    void click(String button) {
        until(
                "const it = [...document.querySelectorAll('button')].filter(each => each.checkVisibility() && each.textContent.trim() === arguments[0]).pop();"
                        + " it?.click(); return !!it",
                button);
    }

    void type(CharSequence keys) {
        find("body").sendKeys(keys);
    }

    /** Types where the focus is. */
    void press(CharSequence keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** What a person with another way to see or to point would stumble over. */
    List<?> faults() {
        driver.executeScript(AXE);
        return (List<?>) Objects.requireNonNull(driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, {resultTypes: ['violations']}).then((found) => done(found.violations
                    .filter((each) => ['serious', 'critical'].includes(each.impact))
                    .map((each) => each.id + ': ' + each.nodes.map((node) => node.html).join(' '))), (error) => done([String(error)]));"""));
    }

    /** What the browser complained about since the last look, but that nobody is signed in or that no host answers. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getMessage())
                .filter(message -> !message.contains("status of 401") && !message.contains("net::ERR_"))
                .toList();
    }

    void picture(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static String axe() {
        try (InputStream in = ConsoleBrowser.class.getResourceAsStream("/axe.min.js")) {
            assertThat(in).isNotNull();
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
