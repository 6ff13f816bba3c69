// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.Before;
import org.junit.Test;

/** What people come to the console for, in a browser, and how many clicks it takes. With {@code -Dbrowser=required}. */
public class ConsoleTasksIT extends ConsoleTest {

    private int clicks;

    @Override
    void prepare() throws Exception {
        HOST.configure("io.jobyard.queues-slow", "running.max = 2");
        dropTricky();
    }

    @Before
    public void enterFirst() throws Exception {
        enter();
    }

    private String tricky(String end, Map<String, Object> more) {
        Map<String, Object> job = new HashMap<>(more);
        job.put("maxRetries", 0);
        return tricky(List.of("one", "two"), end, job);
    }

    /** A click on what is seen with this text. */
    private void click(String text) {
        clicks++;
        browser.until(
                "const it = [...document.querySelectorAll('a, button')].filter((each) => each.checkVisibility()"
                        + " && each.textContent.trim().replace(/\\s+/g, ' ') === arguments[0]).pop(); it?.click(); return !!it",
                text);
        browser.settled();
    }

    private void clickOn(String css) {
        clicks++;
        browser.until("const it = document.querySelector(arguments[0]); it?.click(); return !!it", css);
        browser.settled();
    }

    private void fill(String field, String text) {
        browser.until("return !!document.querySelector(arguments[0])", field);
        browser.find(field).clear();
        browser.find(field).sendKeys(text);
    }

    @Test
    public void whyAJobWaitsIsFoundInThreeClicks() throws Exception {
        String id = submit("echo {} --after 1h --label waits=yes");
        browser.go("overview");
        clickOn("a[href='#/jobs?status=waiting']");
        clickOn("a[href='#/jobs/" + id + "']");
        browser.untilTold("Blocked by");
        assertThat(browser.text()).contains("time: ");
        assertThat(clicks).isLessThanOrEqualTo(3);
    }

    @Test
    public void allFailuresOfATypeAreRetriedInFourClicks() throws Exception {
        for (int n = 0; n < 3; n++) {
            HOST.jobyard("shell", "job:submit flaky '{\"failures\": 9}' --retries 0 --await");
        }
        browser.go("overview");
        clickOn("a[href='#/jobs?type=flaky']");
        clickOn(".facets a[href='#/jobs?type=flaky&status=failed']");
        click("Retry all …");
        browser.untilTold("Retry 3 jobs?");
        click("Retry them");
        browser.untilTold("finished: 3 jobs changed");
        assertThat(clicks).isLessThanOrEqualTo(4);
        browser.go("jobs?type=flaky&status=failed");
        browser.until("return document.querySelectorAll('td .status.failed').length === 3");
    }

    @Test
    public void aQueueIsPausedWithAReasonInThreeClicks() throws Exception {
        browser.go("overview");
        click("Queues and limits");
        clicks++;
        browser.until(
                "const row = [...document.querySelectorAll('[aria-label=Queues] tbody tr')].find((each) => each.textContent.includes('slow'));"
                        + " row?.querySelector('button').click(); return !!row");
        fill("dialog input[name=reason]", "the disk is replaced");
        click("Pause");
        browser.untilTold("the disk is replaced");
        assertThat(clicks).isLessThanOrEqualTo(3);
        HOST.json("job:resume slow");
    }

    @Test
    public void aJobIsSubmittedByItsFormInFourClicks() {
        browser.go("overview");
        click("Submit");
        clicks++; // the choice of the type
        browser.script(
                "const type = document.querySelector('select[name=type]'); type.value = 'approval'; type.dispatchEvent(new Event('change'))");
        fill("textarea[name='payload.text']", "a draft");
        click("Check job");
        click("Submit job");
        browser.untilTold("Timeline");
        assertThat(clicks).isLessThanOrEqualTo(4);
    }

    @Test
    public void whatAUserSpentThisWeekIsSeenInThreeClicks() {
        browser.go("overview");
        click("Usage");
        fill("input[name=since]", "7d");
        click("Show");
        browser.until("return location.hash.includes('since=7d')");
        browser.untilTold("Runs that began");
        assertThat(clicks).isLessThanOrEqualTo(3);
    }

    /** Those that stand still: what is counted over minutes, and how long jobs took, is on its way meanwhile. */
    @Test
    public void everyNumberOfTheOverviewIsTheApis() throws Exception {
        tricky("error", Map.of());
        submit("echo {} --await");
        submit("echo {} --after 1h");
        browser.go("jobs");
        browser.go("overview");
        Map<String, Object> told = browser.get("/api/v1/statistics");
        browser.until("return document.querySelector('.tiles').innerText.includes(arguments[0])", "completed");
        for (Object status : ((Map<?, ?>) Objects.requireNonNull(told.get("byStatus"))).keySet()) {
            Object number = ((Map<?, ?>) told.get("byStatus")).get(status);
            assertThat(browser.script(
                            "return document.querySelector(`.tiles a[href='#/jobs?status=${arguments[0]}'] b`).textContent",
                            status))
                    .as(status.toString())
                    .isEqualTo(String.valueOf(number));
        }
        for (String by : List.of("type", "queue", "submitter")) {
            Map<?, ?> numbers = (Map<?, ?>) told.get("by" + Character.toUpperCase(by.charAt(0)) + by.substring(1));
            numbers.forEach((name, number) -> assertThat(browser.script(
                            "return document.querySelector(`.bars a[href='#/jobs?${arguments[0]}=${encodeURIComponent(arguments[1])}']`)?.closest('li').querySelector('span').textContent",
                            by,
                            name))
                    .as(by + " " + name)
                    .isEqualTo(String.valueOf(number)));
        }
        List<?> findings = (List<?>) browser.get("/api/v1/doctor").get("findings");
        assertThat(browser.script(
                        "return document.querySelector('#verdict').textContent.includes(arguments[0])",
                        findings.size() + " problem"))
                .isEqualTo(!findings.isEmpty());
    }

    @Test
    public void aJobThatHasNotStartedIsChanged() throws Exception {
        String id = submit("echo {} --after 1h --label a=1 --label b=2");
        browser.go("jobs/" + id);
        browser.click("Change …");
        fill("dialog input[name=queue]", "urgent");
        fill("dialog input[name=priority]", "2");
        fill("dialog input[name=timeout]", "7m");
        fill("dialog textarea[name=labels]", "a=3\nc=4=5");
        assertThat(browser.faults()).isEmpty();
        browser.click("Change job");
        browser.untilTold("Job changed");
        browser.untilTold("c=4=5");
        Map<String, Object> now = browser.get("/api/v1/jobs/" + id);
        assertThat(now)
                .containsEntry("queue", "urgent")
                .containsEntry("priority", 2L)
                .containsEntry("timeoutSeconds", 420L);
        assertThat(now.get("labels")).isEqualTo(Map.of("a", "3", "c", "4=5"));
    }

    @Test
    public void theFormOfASubmitHasEveryDeclaredFieldWithItsRange() throws Exception {
        browser.go("submit/echo");
        Map<?, ?> declared = (Map<?, ?>) browser.answer("fetch('/openapi.json').then((answer) => answer.json())"
                + ".then(({components}) => components.schemas.specification.properties)");
        List<Object> elsewhere = List.of("type", "payload", "name");
        assertThat(names("form.submit [name^='option.']"))
                .containsExactlyInAnyOrderElementsOf(declared.keySet().stream()
                        .filter(name -> !elsewhere.contains(name))
                        .<Object>map(name -> "option." + name)
                        .toList());
        assertThat(
                        browser.script(
                                "const it = document.querySelector('[name=\"option.maxRetries\"]'); return [it.type, it.min, it.max]"))
                .isEqualTo(List.of("number", "0", "10"));
        browser.script("document.querySelectorAll('form.submit details').forEach((each) => (each.open = true))");
        fill("[name='option.labels']", "a=1\nb=2=3");
        fill("[name='option.estimate']", "tokens=800");
        fill("[name='option.notBefore']", "1h");
        fill("[name='option.maxRetries']", "3");
        browser.script("document.querySelector('[name=\"option.ifDependencyFails\"]').value = 'run'");
        click("Check job");
        click("Submit job");
        browser.untilTold("Timeline");
        String id = String.valueOf(browser.script("return location.hash")).replace("#/jobs/", "");
        assertThat(browser.get("/api/v1/jobs/" + id))
                .containsEntry("labels", Map.of("a", "1", "b", "2=3"))
                .containsEntry("estimate", Map.of("tokens", 800L))
                .containsEntry("ifDependencyFails", "run")
                .containsEntry("maxRetries", 3L);
    }

    @Test
    public void withoutTheDeclarationsAJobIsSubmittedAndPaused() throws Exception {
        browser.script("const real = window.fetch; window.fetch = (path, asked) =>"
                + " path === '/openapi.json' ? Promise.reject(new TypeError('gone')) : real(path, asked)");
        browser.go("submit/echo");
        assertThat(names("form.submit [name^='option.']")).isEmpty();
        click("Check job");
        click("Submit job");
        browser.untilTold("Timeline");
        browser.go("jobs/" + submit("echo {} --after 1h"));
        browser.click("Pause");
        browser.click("Pause job");
        browser.untilTold("Job paused");
    }

    @SuppressWarnings("unchecked")
    private List<Object> names(String css) {
        return (List<Object>) Objects.requireNonNull(
                browser.script("return [...document.querySelectorAll(arguments[0])].map((each) => each.name)", css));
    }

    @Test
    public void aSignalAndACallbackAreAnswered() throws Exception {
        String approval = submit("approval '{\"text\": \"x\"}'");
        browser.go("jobs/" + approval);
        browser.click("Signal");
        fill("dialog textarea[name=value]", "\"ann\"");
        browser.click("Send signal");
        browser.until("return document.querySelector('h1').textContent.includes('completed')");
        String answer = tricky("answer", Map.of());
        browser.go("jobs/" + answer);
        browser.untilTold("] token ");
        String token = String.valueOf(browser.script(
                "return document.querySelector('pre[aria-label=log]').textContent.match(/token (\\S+)/)[1]"));
        browser.click("Answer callback");
        fill("dialog input[name=token]", token);
        fill("dialog textarea[name=value]", "\"seven\"");
        browser.click("Answer callback");
        browser.untilTold("\"answer\": \"seven\"");
    }

    @Test
    public void aJobIsRetriedFromAStepAndOneLikeItIsSubmitted() {
        String id = tricky("error", Map.of("labels", Map.of("run", "night"), "queue", "slow2"));
        browser.go("jobs/" + id);
        browser.until("return document.querySelector('h1').textContent.includes('failed')");
        clickOn("button[aria-label='Retry from two']");
        browser.click("Retry job");
        browser.untilTold("two (dropped by a retry)");
        click("Submit a copy …");
        browser.untilTold("Copied from");
        assertThat(browser.script("return document.querySelector('[name=\"option.labels\"]').value"))
                .isEqualTo("run=night");
        assertThat(browser.script("return document.querySelector('[name=\"option.queue\"]').value"))
                .isEqualTo("slow2");
        assertThat(String.valueOf(browser.script("return document.querySelector('[name=rest]').value")))
                .contains("\"one\"");
        click("Check job");
        click("Submit job");
        browser.untilTold("Timeline");
        assertThat(String.valueOf(browser.script("return location.hash"))).doesNotContain(id);
    }

    @Test
    public void jobsOfSeveralPagesAreChosenSavedAndWrittenToAFile() throws Exception {
        HOST.json("job:submit echo {} --after 1h --label pages=yes --times 120");
        browser.go("jobs?label=pages%3Dyes&order=oldest");
        clickOn("[aria-label='select all on this page']");
        click("Next page");
        browser.until("return document.querySelectorAll('tbody input:checked').length === 0");
        clickOn("[aria-label='select all on this page']");
        browser.untilTold("100 of 120 jobs selected");
        click("Save view …");
        fill("dialog input[name=name]", "Pages");
        browser.click("Save view");
        browser.until(
                "return [...document.querySelectorAll('.views a')].some((each) => each.textContent === 'Pages' && each.hasAttribute('aria-current'))");
        browser.script(
                "const make = URL.createObjectURL.bind(URL); URL.createObjectURL = (blob) => { window.file = blob; return make(blob) }");
        click("CSV");
        browser.untilTold("Wrote 120 jobs");
        assertThat(browser.answer("file.text().then((text) => text.split('\\r\\n').length)"))
                .isEqualTo(122L);
        assertThat(browser.answer("file.text()")).asString().startsWith("id,type,status");
        browser.script("window.file = null");
        click("JSON Lines");
        browser.until("return !!window.file");
        assertThat(
                        browser.answer(
                                "file.text().then((text) => text.trim().split('\\n').every((line) => JSON.parse(line).labels.pages === 'yes'))"))
                .isEqualTo(true);
        click("Cancel selected");
        browser.untilTold("Cancel 100 jobs?");
        browser.click("Cancel them");
        browser.untilTold("Done to 100 jobs");
        browser.until(
                "return [...document.querySelectorAll('.facet')].some((each) => each.textContent.trim().startsWith('cancelled') && each.textContent.includes('100'))");
        browser.open("#/jobs");
        browser.settled();
        click("Pages");
        browser.until("return location.hash === '#/jobs?label=pages%3Dyes&order=oldest'");
        clickOn("[aria-label='Delete view Pages']");
        browser.until(
                "return ![...document.querySelectorAll('.views a')].some((each) => each.textContent === 'Pages')");
        assertThat(browser.complaints()).isEmpty();
    }
}
