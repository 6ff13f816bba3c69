// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.spi.limits.Quota;
import io.jobyard.spi.limits.Quotas;
import io.jobyard.spi.limits.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How much members may have, by what their roles say. */
class RoleQuotasTest {

    @Test
    void aRoleGivesEachMemberASharesOfItsOwnAndAllOneTogether() {
        AccessFixture given = new AccessFixture()
                .role(
                        "llm",
                        "members",
                        "user:ann, bundle:com.acme",
                        "permissions",
                        "submit",
                        "queued.max",
                        "10",
                        "submit.rate",
                        "60/m burst 5",
                        "budget.tokens",
                        "500000/d",
                        "total.running.max",
                        "4");
        Quota each = new Quota(10, Rate.parse("60/m burst 5"), null, null, Map.of("tokens", Rate.budget("500000/d")));
        Quotas.QuotaShare together = new Quotas.QuotaShare(
                "role llm in total (running.max)", new Quota(null, null, 4, null, Map.of()), Set.of("ann", "com.acme"));
        assertThat(given.access.quotas().of("ann"))
                .containsExactly(new Quotas.QuotaShare("ann", each, Set.of("ann")), together);
        assertThat(given.access.quotas().of("com.acme"))
                .containsExactly(new Quotas.QuotaShare("com.acme", each, Set.of("com.acme")), together);
        assertThat(given.access.quotas().of("bob")).isEmpty();
    }

    @Test
    void ofSeveralRolesTheMostGenerousOfEachCountsAndNoneIsTheMostGenerous() {
        AccessFixture given = new AccessFixture()
                .role("a", "members", "user:ann", "permissions", "submit", "queued.max", "10", "running.max", "1")
                .role("b", "members", "user:ann", "permissions", "submit", "queued.max", "20")
                .role("c", "members", "user:ann", "permissions", "view");
        assertThat(given.access.quotas().of("ann"))
                .extracting(Quotas.QuotaShare::quota)
                .containsExactly(new Quota(20, null, null, null, Map.of()));
    }

    @Test
    void ofSeveralRolesTheLargestWeightCountsAndWhoMayNotSubmitHasNone() {
        AccessFixture given = new AccessFixture()
                .role("a", "members", "user:ann, user:bob", "permissions", "submit", "weight", "3")
                .role("b", "members", "user:ann", "permissions", "submit", "weight", "5")
                .role("c", "members", "user:cas", "permissions", "view", "weight", "9")
                .role("d", "members", "user:dan", "permissions", "submit");
        assertThat(given.access.quotas().weights()).isEqualTo(Map.of("ann", 5, "bob", 3));
        assertThat(given.access.quotas().weight("dan")).isEqualTo(1);
    }

    @Test
    void ofSeveralTotalsAMemberCountsInTheMostGenerous() {
        AccessFixture given = new AccessFixture()
                .role("a", "members", "user:ann, user:bob", "permissions", "submit", "total.rate", "1/m")
                .role("b", "members", "user:ann", "permissions", "submit", "total.rate", "2/m");
        assertThat(names(given, "ann")).containsExactly("role b in total (rate)");
        assertThat(names(given, "bob")).containsExactly("role a in total (rate)");
        assertThat(given.access.quotas().of("bob").get(0).members()).containsExactly("bob");
        given.role("c", "members", "user:ann", "permissions", "submit");
        assertThat(names(given, "ann")).isEmpty();
    }

    @Test
    void badQuotasAreRefusedWithWhatToUse() {
        AccessFixture given = new AccessFixture()
                .role(
                        "bad",
                        "members",
                        "user:ann",
                        "permissions",
                        "submit",
                        "queued.max",
                        "0",
                        "budget.tokens",
                        "5/d burst 2",
                        "total.rate",
                        "fast");
        assertThat(given.configured("bad").examine())
                .extracting(finding -> finding.problem())
                .containsExactlyInAnyOrder(
                        "invalid queued.max: use a whole number from 1 to 10000000, or omit it for any" + " number",
                        "invalid budget.tokens: a budget has no burst: use an amount per time, for example"
                                + " 500000/d",
                        "invalid total.rate: use an amount per time, for example 60/m, 100/10s or 5/h burst 2 (s,"
                                + " m, h, d), with both numbers above 0; the default burst is 1");
    }

    @Test
    void aChangeIsHeardOf() {
        AccessFixture given = new AccessFixture();
        Quotas before = given.access.quotas();
        List<Quotas> heard = new ArrayList<>();
        given.access.onChange(() -> heard.add(given.access.quotas()));
        given.role("a", "members", "user:ann", "permissions", "submit", "running.max", "1");
        assertThat(heard).isNotEmpty().doesNotContain(before);
    }

    private static List<String> names(AccessFixture given, String submitter) {
        return given.access.quotas().of(submitter).stream()
                .map(Quotas.QuotaShare::name)
                .toList();
    }
}
