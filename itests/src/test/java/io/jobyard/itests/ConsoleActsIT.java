// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.Test;

/** What an administrator, and whoever may only look, does to a host in a browser. With {@code -Dbrowser=required}. */
public class ConsoleActsIT extends ConsoleTest {

    private static final String EXTENT = "return document.querySelector('.plot .grid').getBoundingClientRect().width";
    private static final String COLOR = "return getComputedStyle(document.querySelector('.plot .line')).stroke";

    @Override
    void prepare() throws Exception {
        HOST.configure("io.jobyard.roles-viewers", "members = user:vera", "permissions = view, view:all");
    }

    @Override
    void begin() throws Exception {
        user("vera");
    }

    private void sound(String what) {
        for (String theme : new String[] {"light", "dark"}) {
            browser.system(theme);
            assertThat(browser.faults()).as(what + " " + theme).isEmpty();
        }
    }

    private void fill(String css, String text) {
        browser.until("return !!document.querySelector(arguments[0])", css);
        browser.find(css).clear();
        browser.find(css).sendKeys(text);
    }

    /** What a request with this token is answered. */
    private String status(String token) {
        return String.valueOf(browser.answer(
                "fetch('/api/v1/me', {headers: {Authorization: 'Bearer ' + arguments[0]}, credentials: 'omit'})"
                        + ".then((answer) => answer.status)",
                token));
    }

    @Test
    public void aTokenIsShownOnceAndGoodUntilItIsRevoked() throws Exception {
        enter();
        browser.go("tokens");
        assertThat(browser.text()).contains("vera", "viewers", "administrator", "this one");
        browser.find("details.form summary").click();
        fill("form input[name=name]", "nightly");
        browser.script("document.querySelector('form select[name=user]').value = 'vera'");
        browser.find("input[name=permission][value=view]").click();
        sound("the form of a token");
        browser.click("Create token");
        browser.untilTold("it is not shown again");
        sound("the token");
        String token = browser.find("code.secret").getText();
        assertThat(status(token)).isEqualTo("200");
        browser.click("Done");
        browser.until("return !document.body.textContent.includes(arguments[0])", token);
        browser.until("return !!document.querySelector('button[aria-label=\"revoke nightly of vera\"]')");
        browser.find("button[aria-label='revoke nightly of vera']").click();
        browser.untilTold("Revoke the token nightly of vera?");
        browser.click("Revoke token");
        browser.untilTold("of vera revoked");
        assertThat(status(token)).isEqualTo("401");
    }

    @Test
    public void aUserIsAddedAndKeptOut() throws Exception {
        enter();
        browser.go("tokens");
        browser.click("Add a user …");
        fill("dialog input[name=name]", "eva");
        fill("dialog input[name=password]", "short");
        browser.click("Add");
        browser.untilTold("use 12 to 200");
        sound("a refused password");
        fill("dialog input[name=password]", PASSWORD);
        browser.click("Add");
        browser.untilTold("User eva added.");
        browser.until("return !!document.querySelector('button[aria-label=\"disable eva\"]')");
        browser.find("button[aria-label='disable eva']").click();
        browser.untilTold("Disable eva?");
        browser.click("Disable");
        browser.until("return !!document.querySelector('button[aria-label=\"enable eva\"]')");
    }

    @Test
    public void whoMayOnlyLookHasTokensOfItsOwn() {
        signIn("vera", PASSWORD);
        browser.untilTold("Overview");
        browser.go("tokens");
        browser.find("details.form summary").click();
        assertThat(browser.text()).doesNotContain("Add a user");
        fill("form input[name=name]", "own");
        browser.find("input[name=permission][value=view]").click();
        browser.click("Create token");
        browser.untilTold("of vera created");
        browser.go("hosts");
        assertThat(browser.text()).contains("active").doesNotContain("Drain");
    }

    @Test
    public void aUserChangesTheOwnPasswordAndSignsInAnew() throws Exception {
        user("otto");
        signIn("otto", PASSWORD);
        browser.untilTold("Overview");
        browser.go("tokens");
        browser.click("Change your password …");
        fill("dialog input[name=password]", "not the one in force");
        fill("dialog input[name=next]", "four other words of otto");
        browser.click("Change password");
        browser.untilTold("wrong password");
        fill("dialog input[name=password]", PASSWORD);
        browser.click("Change password");
        browser.until("return !!document.querySelector('jobyard-sign-in input[name=password]')");
        signIn("otto", "four other words of otto");
        browser.untilTold("Overview");
    }

    @Test
    public void aScheduleIsPreviewedOverAChangeOfTheClocksBeforeItIsAdded() throws Exception {
        enter();
        browser.go("schedules");
        browser.click("Add a schedule …");
        browser.until("return !!document.querySelector('form.schedule')");
        fill("form.schedule input[name=name]", "nightly");
        fill("form.schedule input[name=times]", "30 25 * * *");
        fill("form.schedule input[name=zone]", "Europe/Berlin");
        browser.script("document.querySelector('form.schedule select[name=type]').value = 'echo'");
        browser.click("Preview times");
        browser.untilTold("invalid cron");
        fill("form.schedule input[name=times]", "30 2 * * *");
        fill("form.schedule textarea[name=payload]", "{\"text\": \"night\"}");
        browser.click("Preview times");
        browser.untilTold("Nothing is stored yet");
        assertThat(browser.text()).contains("The clocks go ");
        sound("the preview of a schedule");
        browser.click("Add schedule");
        browser.untilTold("Schedule nightly added.");
        browser.until("return !!document.querySelector('button[aria-label=\"Pause nightly\"]')");
        browser.click("Pause");
        browser.untilTold("Pause nightly?");
        fill("dialog input[name=reason]", "a feast");
        fill("dialog input[name=until]", "2d");
        browser.click("Pause schedule");
        browser.untilTold("a feast");
        browser.click("Change");
        browser.until("return document.querySelector('form.schedule input[name=times]')?.value === '30 2 * * *'");
        fill("form.schedule input[name=times]", "15 4 * * *");
        browser.click("Preview times");
        browser.untilTold("skipped: paused by");
        browser.click("Change schedule");
        browser.untilTold("Schedule nightly changed.");
        browser.untilTold("15 4 * * *");
    }

    @Test
    public void aLimitIsMadeAndPausedAndRemoved() throws Exception {
        enter();
        browser.go("queues");
        browser.click("Create limit …");
        fill("dialog input[name=name]", "models");
        fill("dialog textarea[name=settings]", "runing.max = 2");
        browser.click("Create limit");
        browser.untilTold("runing.max");
        sound("a refused limit");
        fill("dialog textarea[name=settings]", "running.max = 2\nrate.tokens = 1000/m");
        browser.click("Create limit");
        browser.untilTold("Limit models saved.");
        browser.until("return !!document.querySelector('button[aria-label=\"pause limit models\"]')");
        browser.find("button[aria-label='pause limit models']").click();
        fill("dialog input[name=reason]", "the provider is down");
        browser.click("Pause");
        browser.untilTold("the provider is down");
        browser.find("button[aria-label='resume limit models']").click();
        browser.untilTold("Resumed: limit:models.");
        browser.find("button[aria-label='remove limit models']").click();
        browser.untilTold("Remove the limit models?");
        browser.click("Remove limit");
        browser.untilTold("Limit models removed.");
    }

    @Test
    public void aHostIsDrainedAndGivenJobsAgain() throws Exception {
        enter();
        browser.go("hosts");
        browser.click("Drain");
        browser.untilTold("This is the only active host");
        browser.click("Drain host");
        browser.untilTold(": idle");
        sound("a host that is drained");
        browser.click("End drain");
        browser.until("return document.querySelector('td .status.active') !== null");
    }

    @Test
    public void theAuditIsProven() throws Exception {
        enter();
        browser.go("audit");
        browser.click("Verify");
        browser.untilTold("are unchanged");
    }

    @Test
    public void noTextThatIsSavedIsAFormulaToAProgramForTables() throws Exception {
        enter();
        Object csv = browser.answer(
                "import(document.querySelector('script[type=module]').src.replace('console.js', 'downloads.js'))"
                        + ".then((module) => module.csv(['user', 'amount'], [['=1+1', -2], ['a \"b\", c', null]]).split('\\r\\n').join('|'))");
        assertThat(csv).isEqualTo("user,amount|'=1+1,-2|\"a \"\"b\"\", c\",|");
    }

    @Test
    public void theChartBeginsBeforeThePageWasOpened() throws Exception {
        HOST.json("job:submit sleep '{\"millis\": 5500}' --await");
        enter();
        browser.until("return !!document.querySelector('jobyard-chart .line')");
        Object earliest = browser.script("return document.querySelector('jobyard-chart').points[0][0]");
        assertThat(Double.parseDouble(Objects.requireNonNull(earliest).toString()))
                .isLessThan(((Number) Objects.requireNonNull(browser.script("return performance.timeOrigin / 1000")))
                        .doubleValue());
    }

    @Test
    public void theChartFitsItsCardFollowsTheThemeAndNamesItsValues() throws Exception {
        enter();
        browser.until("return !!document.querySelector('jobyard-chart .line')");
        assertThat(String.valueOf(browser.find("jobyard-chart svg").getDomAttribute("aria-label")))
                .matches("Queued and running jobs in the last minutes: queued \\d+ now, \\d+ at most;"
                        + " running \\d+ now, \\d+ at most");
        Object wide = browser.script(EXTENT);
        browser.width(390);
        browser.until("return (" + EXTENT.substring("return ".length()) + ") < arguments[0] - 600", wide);
        assertThat(browser.script("const box = document.querySelector('.plot').getBoundingClientRect();"
                        + " return [...document.querySelectorAll('.plot *')].map(each => each.getBoundingClientRect())"
                        + ".filter(each => each.left < box.left || each.right > box.right).length"))
                .as("parts that are cut off")
                .isEqualTo(0L);
        browser.system("light");
        Object light = browser.script(COLOR);
        browser.system("dark");
        assertThat(browser.script(COLOR)).isNotEqualTo(light);
    }
}
