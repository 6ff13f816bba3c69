// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

/** The console in a browser, for an administrator, for somebody who may only look, and for nobody. With {@code -Dbrowser=required}. */
public class ConsoleIT extends ConsoleTest {

    private static final List<String> SCREENS = List.of(
            "overview",
            "jobs",
            "jobs?status=failed",
            "submit",
            "queues",
            "handlers",
            "schedules",
            "problems",
            "usage",
            "audit",
            "hosts",
            "tokens");
    private static final List<String> THEMES = List.of("light", "dark");
    private static final Path PICTURES = Path.of("../docs/pictures");

    @Override
    void prepare() throws Exception {
        HOST.configure("io.jobyard.roles-viewers", "members = user:vera", "permissions = view, view:all");
        HOST.configure("io.jobyard.limits-model", "running.max = 2", "rate.tokens = 1000/m");
        HOST.configure(
                "io.jobyard.schedules-nightly",
                "cron = 0 2 * * *",
                "zone = Europe/Berlin",
                "type = echo",
                "payload = {\"text\": \"night\"}");
    }

    @Override
    void begin() throws Exception {
        user("vera");
    }

    @Test
    public void everyScreenIsSoundInLightAndDarkForAnAdministrator() throws Exception {
        HOST.json("job:submit flaky '{\"failures\": 9}' --retries 0 --label run=night");
        HOST.json("job:submit echo '{\"text\": \"hello\"}' --await");
        String failed = HOST.json("job:submit flaky '{\"failures\": 1}' --await")
                .get("id")
                .asText();
        HOST.json("job:submit sleep '{\"millis\": 600000}'");
        enter();
        List<String> screens = new ArrayList<>(SCREENS);
        screens.add("jobs/" + failed);
        look(screens);
    }

    @Test
    public void whoMayOnlyLookHasNoButtonsToChangeAnything() throws Exception {
        String id = HOST.json("job:submit echo '{\"text\": \"secret text\"}' --after 1h")
                .get("id")
                .asText();
        signIn("vera", "a wrong password");
        browser.untilTold("Fix:");
        signIn("vera", PASSWORD);
        browser.untilTold("Overview");
        browser.go("jobs/" + id);
        assertThat(browser.text()).contains("Hidden: your roles").doesNotContain("secret text");
        for (String screen : List.of("overview", "jobs", "jobs/" + id, "queues", "schedules", "handlers")) {
            browser.go(screen);
            assertThat(
                            browser.script(
                                    "return [...document.querySelectorAll('main button')].map(each => each.textContent.trim())"
                                            + ".filter(each => !['Show', 'Copy', 'Save view …', 'Copy address', 'CSV', 'JSON Lines', 'Show all'].includes(each)).join()"))
                    .as(screen)
                    .isEqualTo("");
        }
        browser.go("audit");
        assertThat(browser.text()).contains("requires the permission admin");
        look(SCREENS);
    }

    @Test
    public void whoIsNotSignedInSeesHowToSignInAndNothingElse() {
        for (String theme : THEMES) {
            browser.system(theme);
            browser.open("#/jobs");
            browser.until("return !!document.querySelector('input[name=password]')");
            assertThat(browser.text()).contains("bin/jobyard console").doesNotContain("Queues and limits");
            assertThat(browser.faults()).as(theme).isEmpty();
            assertThat(browser.complaints()).as(theme).isEmpty();
        }
    }

    @Test
    public void aRestartOfTheHostIsSurvivedWithoutALookAtThePage() throws Exception {
        enter();
        browser.go("jobs?type=echo&label=after%3Drestart");
        HOST.stop();
        browser.untilTold("offline");
        HOST.start();
        browser.until("return !document.body.innerText.includes('offline')");
        String id =
                HOST.json("job:submit echo {} --label after=restart").get("id").asText();
        browser.untilTold(id.substring(id.length() - 8));
        assertThat(browser.complaints())
                .as("but of the host that starts")
                .allMatch(complaint -> complaint.contains("status of 503"));
    }

    @Test
    public void allMatchingJobsAreCancelledAfterACountAndAQuestion() throws Exception {
        HOST.json("job:submit echo {} --after 1h --label bulk=yes --times 3");
        enter();
        browser.go("jobs?label=bulk%3Dyes");
        browser.click("Cancel all …");
        browser.untilTold("Cancel 3 jobs?");
        assertThat(browser.faults()).isEmpty();
        browser.click("Cancel them");
        browser.untilTold("finished: 3 jobs changed");
        browser.until("return document.querySelectorAll('td .status.cancelled').length === 3");
    }

    @Test
    public void aJobIsCheckedAndThenSubmittedByAFormOfItsSchema() throws Exception {
        enter();
        browser.go("submit/approval");
        browser.find("textarea[name='payload.text']").sendKeys("a draft");
        browser.click("Check job");
        browser.untilTold("The job would be accepted");
        browser.click("Submit job");
        browser.untilTold("Timeline");
        browser.untilTold("Signal");
        assertThat(browser.text()).contains("\"text\": \"a draft\"");
    }

    @Test
    public void theKeyboardLeadsEverywhere() throws Exception {
        enter();
        browser.type("gj");
        browser.until("return location.hash === '#/jobs'");
        browser.type("go");
        browser.until("return location.hash === '#/overview'");
        browser.type("/");
        browser.until("return document.activeElement.id === 'search'");
        browser.find("#search").sendKeys("status:failed\n");
        browser.until("return location.hash === '#/jobs?status=failed'");
        browser.type("?");
        browser.untilTold("keyboard shortcuts");
    }

    /** In light and dark, and narrow: nothing that axe takes for serious, no complaint of the browser, nothing wider than the screen. */
    private void look(List<String> screens) throws Exception {
        for (String theme : THEMES) {
            browser.system(theme);
            for (String screen : screens) {
                browser.go(screen);
                assertThat(browser.faults()).as(screen + " " + theme).isEmpty();
                assertThat(browser.complaints()).as(screen + " " + theme).isEmpty();
            }
        }
        browser.width(360);
        for (String screen : screens) {
            browser.go(screen);
            assertThat(browser.script("return document.scrollingElement.scrollWidth - innerWidth <= 0"))
                    .as(screen)
                    .isEqualTo(true);
        }
        browser.width(1200);
    }

    /** With {@code -Djobyard.docs.write=true} into the pages. */
    @Test
    public void itsPicturesAreOfWhatThereIs() throws Exception {
        Path directory = Boolean.getBoolean("jobyard.docs.write") ? PICTURES : HOST.instance();
        submit("flaky '{\"failures\": 1}' --await --label run=night");
        String first = submit("sleep '{\"millis\": 60000}' --label run=night");
        String middle = submit("flaky '{\"failures\": 1}' --label run=night --depends " + first);
        submit("approval '{\"text\": \"the report\"}' --label run=night --depends " + middle);
        submit("echo '{\"text\": \"done\"}' --label run=night --depends " + middle);
        submit("echo {} --after 8h --queue reports");
        HOST.json("job:submit sleep '{\"millis\": 60000}' --times 3");
        HOST.json("job:pause reports --reason 'the disk is replaced'");
        enter();
        browser.go("overview");
        browser.until("return !!document.querySelector('jobyard-chart .line')");
        for (String theme : THEMES) {
            browser.system(theme);
            for (String screen : List.of("overview", "jobs", "jobs/" + middle, "queues")) {
                browser.go(screen);
                browser.script("scrollTo(0, 0)");
                String name = screen.contains("/") ? "job" : screen;
                browser.picture(directory.resolve("console-" + name + "-" + theme + ".png"));
            }
        }
        HOST.json("job:resume reports");
        assertThat(Files.size(directory.resolve("console-job-dark.png"))).isLessThan(200_000);
    }
}
