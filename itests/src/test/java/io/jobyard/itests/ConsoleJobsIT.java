// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.Before;
import org.junit.Test;
import org.openqa.selenium.Keys;

/** The list of jobs and a job's page in a browser, and what takes how many clicks. With {@code -Dbrowser=required}. */
public class ConsoleJobsIT extends ConsoleTest {

    @Override
    void prepare() throws Exception {
        HOST.configure("io.jobyard.roles-tricky", "members = " + ConsoleTricks.members(), "permissions = submit");
        dropTricky();
    }

    @Before
    public void enterFirst() throws Exception {
        enter();
    }

    @Test
    public void noTextOfAJobRuns() throws Exception {
        ConsoleTricks tricks = new ConsoleTricks(browser);
        assertThat(Tricks.all()).hasSizeGreaterThanOrEqualTo(40);
        tricks.watch();
        List<String> failed = tricks.jobs("error");
        List<String> completed = tricks.jobs("result");
        for (int n = 0; n < Tricks.all().size(); n++) {
            for (String id : List.of(failed.get(n), completed.get(n))) {
                String trick = Tricks.all().get(n);
                browser.go("jobs/" + id);
                browser.until(
                        "const text = document.querySelector('main').textContent; return text.includes('[1] ' + arguments[0])"
                                + " && document.querySelector('pre[aria-label=stream]').textContent.includes(arguments[0])"
                                + " && document.querySelector('main .label').textContent.includes(arguments[0])",
                        trick);
                tricks.nothingRan("jobs/" + id);
            }
        }
        String never = tricky(Tricks.all(), "never", Map.of());
        browser.go("jobs/" + never);
        browser.until(
                "return !!document.querySelector('main progress') && document.querySelector('main').textContent.includes(arguments[0])",
                Tricks.all().get(Tricks.all().size() - 1));
        tricks.pauses();
        for (String screen : List.of(
                "overview",
                "jobs",
                "jobs?status=failed",
                "jobs?order=queued",
                "queues",
                "schedules",
                "problems",
                "usage",
                "audit",
                "hosts",
                "handlers",
                "tokens",
                "submit",
                "submit/tricky?like=" + completed.get(0))) {
            browser.go(screen);
            tricks.nothingRan(screen);
        }
        for (String trick : Tricks.all()) {
            for (String field :
                    List.of("status", "type", "queue", "submitter", "label", "error", "group", "order", "after")) {
                browser.script(
                        "location.hash = '#/jobs?' + new URLSearchParams([[arguments[0], arguments[1]]])",
                        field,
                        trick);
            }
            browser.settled();
            browser.script("location.hash = '#/jobs/' + encodeURIComponent(arguments[0])", trick);
            browser.until("return !!document.querySelector('main .notice.bad')");
            tricks.nothingRan("an address with " + trick);
        }
        tricks.resume();
        browser.script("return fetch('/api/v1/jobs/" + never + "/cancel', {method: 'POST'})");
        browser.complaints();
        assertThat(browser.comes(
                        "try { document.body.innerHTML = '<img src=x onerror=hacked=1>' } catch (error) { return reports.length > 0 }",
                        1))
                .as("what is tried is reported")
                .isTrue();
        assertThat(tricks.thatRunElsewhere())
                .as("tricks that run where texts are taken for HTML")
                .isGreaterThanOrEqualTo(20);
    }

    @Test
    public void noNameOfAHostRuns() throws Exception {
        String id = submit("echo {}");
        HOST.json("job:await " + id);
        String host = HOST.json("job:hosts").at("/hosts/0/name").asText();
        ConsoleTricks tricks = new ConsoleTricks(browser);
        tricks.watch();
        tricks.namesOfHosts(host, id);
    }

    @Test
    public void aJobIsFollowedWhileItRuns() throws Exception {
        String id = tricky(List.of("one", "two"), "never", Map.of("notBefore", "1h", "key", "followed"));
        browser.go("jobs/" + id);
        browser.untilTold("Blocked by");
        browser.click("Run now");
        browser.until("return document.querySelector('h1')?.textContent.includes('running')");
        browser.until("return !!document.querySelector('main progress')");
        browser.until("return document.querySelector('pre[aria-label=stream]').textContent === 'one\\ntwo\\n'");
        browser.until("return document.querySelector('pre[aria-label=log]').textContent.includes('[1] two')");
        browser.until("return document.querySelectorAll('[aria-label=Steps] tbody tr').length === 2");
        browser.script("document.querySelector('jobyard-job').followed.events.open()"); // as after a break
        browser.until("return document.querySelector('jobyard-job').followed.events.state === 'live'");
        browser.click("Cancel");
        browser.click("Cancel job");
        browser.until("return document.querySelector('h1').textContent.includes('cancelled')");
        assertThat(browser.script("return document.querySelector('pre[aria-label=stream]').textContent"))
                .isEqualTo("one\ntwo\n");
        assertThat(browser.script(
                        "return document.querySelector('pre[aria-label=log]').textContent.split('[1] two').length"))
                .isEqualTo(2L);
        assertThat(
                        browser.script(
                                "return performance.getEntriesByType('resource').filter(each => /(log|stream)$/.test(each.name)).length"))
                .as("log and stream are followed, not asked for again and again")
                .isEqualTo(0L);
        browser.click("Retry");
        browser.until("return document.querySelector('h1').textContent.includes('running')");
        browser.until("return document.querySelector('pre[aria-label=log]').textContent.includes('[2] two')");
        browser.click("Cancel");
        browser.click("Cancel job");
        browser.until("return document.querySelector('h1').textContent.includes('cancelled')");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    public void aLongStreamIsShownToItsEnd() {
        Map<String, Object> payload = Map.of("texts", List.of("last"), "pieces", 2_500, "end", "result");
        Object id = browser.post("/api/v1/jobs", Map.of("type", "tricky", "payload", payload))
                .get("id");
        browser.go("jobs/" + id);
        browser.until("return document.querySelector('pre[aria-label=stream]')?.textContent.endsWith('last\\n')");
        browser.untilTold("The last");
        browser.click("Show all");
        browser.until("return document.querySelector('pre[aria-label=stream]').textContent.startsWith('piece 0 ')");
    }

    @Test
    public void whatAJobWaitsForAndWhatWaitsForItIsDrawn() throws Exception {
        String first = submit("echo {} --after 1h");
        String middle = submit("flaky '{\"failures\": 1}' --retries 0 --depends " + first);
        String last = submit("echo {} --depends " + middle);
        browser.go("jobs/" + middle);
        browser.until("return document.querySelectorAll('svg.graph a').length === 3");
        assertThat(browser.script("return document.querySelectorAll('svg.graph path').length"))
                .isEqualTo(2L);
        assertThat(browser.faults()).isEmpty();
        browser.script("document.querySelector('#graph details').open = true");
        assertThat(browser.text()).contains("1 before", "1 after", "this job");
        browser.script("document.querySelector('svg.graph a').focus()");
        assertThat(browser.script("return document.activeElement.getAttribute('aria-label')"))
                .isEqualTo("echo " + first.substring(first.length() - 8) + ", waiting (time), 1 before");
        browser.press(Keys.ENTER);
        browser.until("return location.hash === '#/jobs/' + arguments[0]", first);
        browser.until("return document.querySelectorAll('svg.graph a').length === 3");
        browser.click("Run now");
        browser.go("jobs/" + last);
        browser.until("return document.querySelector('h1').textContent.includes('failed')");
        browser.go("jobs/" + middle);
        browser.click("Retry with dependents");
        browser.go("jobs/" + last);
        browser.until("return document.querySelectorAll('.timeline li.failed').length === 2");
    }

    @Test
    public void theOthersOfAGroupStandBesideAJob() throws Exception {
        HOST.json("job:submit echo {} --after 1h --group night --times 3");
        JsonNode jobs = HOST.json("job:list --group night").get("jobs");
        browser.go("jobs/" + jobs.get(0).get("id").asText());
        browser.untilTold("Group night");
        assertThat(browser.text())
                .contains("3 jobs, 0 finished", jobs.get(1).get("id").asText().substring(28));
    }
}
