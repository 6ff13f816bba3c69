// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.AccessException;
import io.jobyard.api.Finding;
import io.jobyard.settings.api.SettingsReader;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.access.TokenScope;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoleAccessTest {

    private static final Caller ADMINISTRATOR = Caller.administrator("root");
    private static final Caller REPORTS = Caller.bundle("com.acme.reports");
    private static final Caller OTHER = Caller.bundle("com.acme.other");
    private static final Caller ANN = ADMINISTRATOR.as("ann");

    @Test
    void withoutAnyRoleBundlesMayAllAndNamedUsersNothing() {
        AccessFixture given = new AccessFixture();
        for (AccessRule operation : AccessRule.values()) {
            assertThat(given.access.allows(REPORTS, operation, false)).isTrue();
            assertThat(given.access.allows(ADMINISTRATOR, operation, false)).isTrue();
            assertThat(given.access.allows(ANN, operation, true)).isFalse();
        }
    }

    @Test
    void rolesThatComeInARowAreReadOnce() {
        AccessFixture given = new AccessFixture();
        int before = given.made;
        for (int number = 0; number < 500; number++) {
            given.role("r" + number, "members", "user:u" + number, "permissions", "submit");
        }
        assertThat(given.made).isEqualTo(before);
        assertThat(given.access.allows(Caller.user("u499"), AccessRule.SUBMIT, true))
                .isTrue();
        assertThat(given.access.allows(Caller.user("u500"), AccessRule.SUBMIT, true))
                .isFalse();
        assertThat(given.made).isEqualTo(before + 1);

        given.role("r499", "members", "user:u500", "permissions", "submit");
        assertThat(given.access.allows(Caller.user("u499"), AccessRule.SUBMIT, true))
                .isFalse();
        assertThat(given.made).isEqualTo(before + 2);
    }

    @Test
    void theFirstRoleChangesNothingForBundlesItDoesNotList() {
        AccessFixture given =
                new AccessFixture().role("few", "members", "bundle:com.acme.reports", "permissions", "submit");
        assertThat(given.access.allows(REPORTS, AccessRule.VIEW, true)).isFalse();
        assertThat(given.access.allows(OTHER, AccessRule.VIEW, false)).isTrue();
        given.remove("few");
        assertThat(given.access.allows(REPORTS, AccessRule.VIEW, true)).isTrue();
    }

    @Test
    void aTokenIsGoodForWhatItWasMadeForAndItsOwnerMayDo() {
        AccessFixture given = new AccessFixture()
                .role("day", "members", "user:bea", "permissions", "submit, view:all, impersonate")
                .role("night", "members", "user:ann", "permissions", "submit, cancel");
        Caller bea = Caller.user("bea").by(new TokenScope("ci", Permission.parse("view, cancel, impersonate")));
        assertThat(given.access.allows(bea, AccessRule.VIEW, true)).isTrue();
        assertThat(given.access.allows(bea, AccessRule.VIEW, false)).isFalse();
        assertThat(given.access.allows(bea, AccessRule.CANCEL, true)).isFalse();
        assertThatThrownBy(() -> given.access.require(bea, AccessRule.SUBMIT))
                .hasMessage(
                        "user bea may not submit jobs: token ci does not include permission submit; use a token that"
                                + " includes it");

        Caller ann = bea.as("ann");
        assertThat(given.access.allows(ann, AccessRule.CANCEL, true)).isTrue();
        assertThat(given.access.allows(ann, AccessRule.SUBMIT, true)).isFalse();
        assertThat(bea.inHistory()).isEqualTo("bea, by token ci");
        assertThat(ann.inHistory()).isEqualTo("ann, by user bea, by token ci");
    }

    @Test
    void aJobHasThePermissionsThatItsSubmitterAndTheBundleOfTheHandlerBothHave() {
        Caller job = Caller.job("ann", "com.acme.reports");
        AccessFixture given = new AccessFixture()
                .role(
                        "ann",
                        "members",
                        "user:ann",
                        "permissions",
                        "submit, view",
                        "types",
                        "echo, command",
                        "queues",
                        "a, b")
                .role("reports", "members", "bundle:com.acme.reports", "permissions", "submit, view:all, cancel");
        given.access.require(job, AccessRule.SUBMIT);
        given.access.require(job, AccessRule.DEPEND, "ann", "job 1");
        assertThat(given.access.allows(job, AccessRule.VIEW, true)).isTrue();
        assertThat(given.access.allows(job, AccessRule.VIEW, false)).isFalse();
        assertThat(given.access.allows(job, AccessRule.CANCEL, true)).isFalse();
        assertThat(given.access.allowsType(job, "echo", false)).isTrue();
        assertThatThrownBy(() -> given.access.requireType(job, "total", false))
                .hasMessageStartingWith("a job of ann may not submit jobs of type total: no role allows it; ");
        assertThatThrownBy(() -> given.access.requireType(job, "command", true))
                .hasMessageStartingWith("bundle com.acme.reports may not submit jobs of type command: the type is"
                        + " privileged and must be named in full in a role; ");
        given.access.requireQueue(job, "a");
        assertThatThrownBy(() -> given.access.requireQueue(job, "c"))
                .hasMessageStartingWith("a job of ann may not use queue c; ");
        assertThatThrownBy(() -> given.access.require(job, AccessRule.DEPEND, "bob", "job 2"))
                .hasMessageStartingWith("a job of ann may not depend on job 2 of bob: missing permission view:all; ");

        given.role("reports", "members", "bundle:com.acme.reports", "permissions", "view", "queues", "b");
        assertThat(given.access.allows(job, AccessRule.SUBMIT, true)).isFalse();
        assertThatThrownBy(() -> given.access.require(job, AccessRule.SUBMIT))
                .isInstanceOf(AccessException.class)
                .hasMessage("bundle com.acme.reports may not submit jobs: missing permission submit; add it to a role"
                        + " in etc/io.jobyard.roles-NAME.cfg");
        given.role("ann", "members", "user:ann", "permissions", "view");
        assertThatThrownBy(() -> given.access.require(job, AccessRule.SUBMIT))
                .hasMessageStartingWith("a job of ann may not submit jobs: missing permission submit; ");
    }

    @Test
    void thePriorityOfAJobOfAHandlerIsTheBestThatBothMayHave() {
        Caller job = Caller.job("ann", "com.acme.reports");
        AccessFixture given = new AccessFixture()
                .role("ann", "members", "user:ann", "permissions", "submit", "priority.best", "3")
                .role("reports", "members", "bundle:com.acme.reports", "permissions", "submit", "priority.best", "5");
        assertThat(given.access.bestPriority(job)).isEqualTo(5);
        given.role("ann", "members", "user:ann", "permissions", "submit", "priority.best", "7");
        assertThat(given.access.bestPriority(job)).isEqualTo(7);
        assertThat(given.access.bestPriority(Caller.job("ann"))).isEqualTo(7);
    }

    @Test
    void bundlesThatNoRoleListsMayNothingIfTheDefaultIsNone() {
        AccessFixture given = new AccessFixture(Map.of("bundles.default", "none"))
                .role("some", "members", "bundle:com.acme.reports", "permissions", "submit");
        assertThat(given.access.allows(OTHER, AccessRule.SUBMIT, true)).isFalse();
        assertThat(given.access.allows(REPORTS, AccessRule.SUBMIT, true)).isTrue();
        assertThat(given.access.allows(ADMINISTRATOR, AccessRule.SUBMIT, true)).isTrue();
        given.settings.update(Map.of("bundles.default", "all"));
        assertThat(given.access.allows(OTHER, AccessRule.SUBMIT, true)).isTrue();
    }

    @Test
    void aBadDefaultWithNoGoodOneBeforeCloses() {
        assertThat(new AccessFixture(Map.of("bundles.default", "most")).access.allows(OTHER, AccessRule.VIEW, true))
                .isFalse();
    }

    @Test
    void anUnknownKeyWithNoGoodOneBeforeCloses() {
        AccessFixture access = new AccessFixture(Map.of("bundles.defualt", "all"));
        assertThat(access.access.allows(OTHER, AccessRule.VIEW, true)).isFalse();
        assertThat(access.settings.examine()).singleElement().asString().contains("unknown key");

        AccessFixture role = new AccessFixture()
                .role("typo", "members", "bundle:com.acme.reports", "permissions", "view", "priority.bets", "3");
        assertThat(role.access.allows(REPORTS, AccessRule.VIEW, true)).isFalse();
        role = new AccessFixture().role("typo", "member", "bundle:com.acme.reports", "permissions", "view");
        assertThat(role.access.allows(REPORTS, AccessRule.VIEW, true)).isFalse();
        assertThat(role.access.allows(OTHER, AccessRule.VIEW, true)).isFalse();
        assertThat(role.configured("typo").examine().toString()).contains("unknown key");
    }

    @Test
    void aRoleThatListsABundleThatIsNotThereClosesUntilItIs() {
        AccessFixture given =
                new AccessFixture().role("typo", "members", "bundle:com.acme.report, user:ann", "permissions", "view");
        assertThat(given.access.allows(REPORTS, AccessRule.VIEW, true)).isFalse();
        assertThat(given.access.allows(OTHER, AccessRule.SUBMIT, true)).isFalse();
        assertThat(given.access.allows(ANN, AccessRule.VIEW, true)).isTrue();
        assertThat(given.access.allows(ADMINISTRATOR, AccessRule.SUBMIT, true)).isTrue();
        assertThat(given.faults())
                .containsExactly(new Finding(
                        "io.jobyard.roles-typo",
                        "it lists bundle:com.acme.report, but no bundle with that symbolic name is installed; until this"
                                + " is fixed, bundles that no role lists have no permissions",
                        "fix the name in members, install the bundle, or remove it from the list"));

        given.bundles("com.acme.report", "com.acme.reports");
        assertThat(given.access.allows(REPORTS, AccessRule.VIEW, true)).isTrue();
        assertThat(given.faults()).isEmpty();
        given.bundles("com.acme.reports");
        assertThat(given.access.allows(REPORTS, AccessRule.VIEW, true)).isFalse();
        given.role("typo", "members", "bundle:com.acme.reports", "permissions", "submit");
        assertThat(given.access.allows(REPORTS, AccessRule.SUBMIT, true)).isTrue();
        assertThat(given.access.allows(OTHER, AccessRule.SUBMIT, true)).isTrue();
    }

    @Test
    void aConfigurationThatLooksLikeOneAboutAccessClosesUntilItIsGone() {
        AccessFixture given = new AccessFixture()
                .role("good", "members", "bundle:com.acme.reports", "permissions", "submit")
                .strays("io.jobyard.acces");
        assertThat(given.access.allows(OTHER, AccessRule.SUBMIT, true)).isFalse();
        assertThat(given.access.allows(REPORTS, AccessRule.SUBMIT, true)).isTrue();
        assertThat(given.faults())
                .containsExactly(new Finding(
                        "io.jobyard.acces",
                        "this is not a configuration of io.jobyard.access, although its name looks like one; until this is"
                                + " fixed, bundles that no role lists have no permissions",
                        "name its file etc/io.jobyard.roles-NAME.cfg or etc/io.jobyard.access.cfg, or remove it"));
        given.strays();
        assertThat(given.access.allows(OTHER, AccessRule.SUBMIT, true)).isTrue();
    }

    @Test
    void aRoleWhoseFileHasAWrongNameClosesForAllBundlesThatNoOtherLists() {
        AccessFixture given = new AccessFixture()
                .role(
                        "a",
                        "members",
                        "bundle:com.acme.reports",
                        "permissions",
                        "view",
                        SettingsReader.MISNAMED,
                        "etc/io.jobyard.roles-a.conf is not in force");
        assertThat(given.access.allows(REPORTS, AccessRule.VIEW, true)).isFalse();
        assertThat(given.access.allows(OTHER, AccessRule.VIEW, true)).isFalse();
        assertThat(given.configured("a").examine())
                .extracting(Finding::problem)
                .containsExactly("etc/io.jobyard.roles-a.conf is not in force");
    }

    @Test
    void ofSeveralRolesTheMostGenerousOfEachCounts() {
        AccessFixture given = new AccessFixture()
                .role("slow", "members", "user:ann", "permissions", "submit", "priority.best", "7")
                .role("fast", "members", "user:ann, user:bob", "permissions", "submit", "priority.best", "3")
                .role("watch", "members", "user:ann", "permissions", "view:all");
        assertThat(given.access.bestPriority(ANN)).isEqualTo(3);
        assertThat(given.access.allows(ANN, AccessRule.VIEW, false)).isTrue();
        assertThat(given.access.allows(ANN, AccessRule.SUBMIT, true)).isTrue();
        assertThat(given.access.allows(ANN, AccessRule.CANCEL, true)).isFalse();
        assertThat(given.access.allows(ADMINISTRATOR.as("bob"), AccessRule.VIEW, true))
                .isFalse();
    }

    @Test
    void theRolesOfASubmitterAreThoseByWhichItMaySubmit() {
        AccessFixture given = new AccessFixture()
                .role("slow", "members", "user:ann, bundle:com.acme.reports", "permissions", "submit, view")
                .role("fast", "members", "user:ann", "permissions", "submit")
                .role("watch", "members", "user:ann", "permissions", "view:all")
                .role("bad", "members", "user:ann", "permissions", "submit", "priority.best", "0");
        assertThat(given.access.roles("ann")).containsExactlyInAnyOrder("slow", "fast");
        assertThat(given.access.roles("com.acme.reports")).containsExactly("slow");
        assertThat(given.access.roles("bob")).isEmpty();
        given.remove("slow");
        assertThat(given.access.roles("ann")).containsExactly("fast");
    }

    @Test
    void aRoleThatMayNotSubmitLiftsNoBoundOfThePriority() {
        AccessFixture given = new AccessFixture()
                .role("slow", "members", "user:ann", "permissions", "submit", "priority.best", "7")
                .role("watch", "members", "user:ann", "permissions", "view");
        assertThat(given.access.bestPriority(ANN)).isEqualTo(7);
    }

    @Test
    void aUserAndABundleOfTheSameNameAreTwo() {
        AccessFixture given =
                new AccessFixture().role("one", "members", "user:com.acme.reports", "permissions", "submit");
        assertThat(given.access.allows(ADMINISTRATOR.as("com.acme.reports"), AccessRule.SUBMIT, true))
                .isTrue();
        assertThat(given.access.allows(REPORTS, AccessRule.CANCEL, true)).isTrue();
    }

    @Test
    void whoeverMayNoLongerSpeakForOthersMayNothingForThem() {
        Caller forAnn = REPORTS.as("ann");
        AccessFixture given = new AccessFixture()
                .role("portal", "members", "bundle:com.acme.reports", "permissions", "impersonate")
                .role("ann", "members", "user:ann", "permissions", "submit, view");
        assertThat(given.access.allows(forAnn, AccessRule.SUBMIT, true)).isTrue();
        given.role("portal", "members", "bundle:com.acme.reports", "permissions", "view");
        assertThat(given.access.allows(forAnn, AccessRule.SUBMIT, true)).isFalse();
        assertThatThrownBy(() -> given.access.require(forAnn, AccessRule.SUBMIT))
                .isInstanceOfSatisfying(
                        AccessException.class,
                        fault -> assertThat(fault.permission()).isEqualTo("impersonate"));
    }

    @Test
    void onlyTheQueuesOfItsRolesAreNamed() {
        AccessFixture given = new AccessFixture()
                .role("reports", "members", "user:ann", "permissions", "submit", "queues", "reports, bulk-*")
                .role("more", "members", "user:ann", "permissions", "submit", "queues", "more")
                .role("watch", "members", "user:ann", "permissions", "view");
        for (String queue : List.of("reports", "bulk-1", "more")) {
            assertThatCode(() -> given.access.requireQueue(ANN, queue)).doesNotThrowAnyException();
        }
        assertThatThrownBy(() -> given.access.requireQueue(ANN, "urgent"))
                .isInstanceOf(AccessException.class)
                .hasMessage("user ann may not use queue urgent; the queues of its roles are reports, bulk-*, more; omit"
                        + " the queue, or add it to queues of the role in etc/io.jobyard.roles-NAME.cfg");
        assertThat(given.store.rows(given.store.incarnation(), 1, 10))
                .extracting(row -> row.entry().target())
                .containsExactly("queue urgent");
        given.role("more", "members", "user:ann", "permissions", "submit");
        assertThatCode(() -> given.access.requireQueue(ANN, "urgent")).doesNotThrowAnyException();
        assertThatCode(() -> given.access.requireQueue(ADMINISTRATOR, "urgent")).doesNotThrowAnyException();
    }

    @Test
    void theNameOfTheHostItselfIsNobodyElses() {
        AccessFixture given = new AccessFixture().role("host", "members", "user:jobyard", "permissions", "submit");
        assertThat(given.configured("host").examine().get(0).problem())
                .isEqualTo("invalid members: the name jobyard is reserved for the host; use another name");
        assertThat(given.access.allows(Caller.user("jobyard"), AccessRule.SUBMIT, true))
                .isFalse();
        assertThatThrownBy(() -> new AccessFixture().access.require(Caller.bundle("jobyard"), AccessRule.SUBMIT))
                .isInstanceOf(AccessException.class)
                .hasMessage("bundle jobyard may not submit jobs: this name is reserved for the host; use another name");
    }

    @Test
    void aRefusalNamesWhoWhatAndTheMissingPermission() {
        AccessFixture given = new AccessFixture().role("own", "members", "user:ann", "permissions", "view, cancel");
        assertThatCode(() -> given.access.require(ANN, AccessRule.CANCEL, "ann", "job 1"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> given.access.require(ANN, AccessRule.CANCEL, "bob", "job 1"))
                .isInstanceOf(AccessException.class)
                .hasMessage("user ann may not cancel job 1 of bob: missing permission cancel:all; add it to a role"
                        + " in etc/io.jobyard.roles-NAME.cfg")
                .satisfies(fault ->
                        assertThat(((AccessException) fault).permission()).isEqualTo("cancel:all"));
    }

    @Test
    void aRefusalStandsInTheAuditWithWhoSpokeForWhomAndWhatWasMissing() {
        AccessFixture given = new AccessFixture().role("own", "members", "user:ann", "permissions", "view, cancel");
        assertThat(given.access.allows(ANN, AccessRule.CANCEL, false)).isFalse();
        assertThatThrownBy(() -> given.access.require(ANN, AccessRule.CANCEL, "bob", "job 1"))
                .isInstanceOf(AccessException.class);
        assertThat(given.store.rows(given.store.incarnation(), 1, 10))
                .extracting(AuditRow::entry)
                .containsExactly(new AuditEntry(
                        Instant.EPOCH,
                        "user ann, by administrator root",
                        "refused",
                        "job 1 of bob",
                        "cancel, without cancel:all"));
    }

    @Test
    void aBadRoleWithNoGoodOneBeforeClosesForItsMembers() {
        AccessFixture given = new AccessFixture()
                .role("bad", "members", "bundle:com.acme.reports, user:ann", "permissions", "submit, everything");
        assertThat(given.access.allows(REPORTS, AccessRule.SUBMIT, true)).isFalse();
        assertThat(given.access.allows(ANN, AccessRule.SUBMIT, true)).isFalse();
        assertThat(given.access.allows(OTHER, AccessRule.SUBMIT, true)).isTrue();
        assertThat(given.configured("bad").examine().get(0).problem())
                .isEqualTo("invalid permissions: use some of submit, view, view:all, cancel,"
                        + " cancel:all, retry, retry:all, signal, signal:all, payload, operate, admin, impersonate");
    }

    @Test
    void aBadRoleWhoseMembersCannotBeReadClosesForAllBundlesThatNoOtherLists() {
        AccessFixture given = new AccessFixture()
                .role("good", "members", "bundle:com.acme.reports", "permissions", "submit")
                .role("bad", "members", "com.acme.other", "permissions", "submit");
        assertThat(given.access.allows(OTHER, AccessRule.SUBMIT, true)).isFalse();
        assertThat(given.access.allows(REPORTS, AccessRule.SUBMIT, true)).isTrue();
        given.role("bad", "members", "bundle:com.acme.other", "permissions", "view");
        assertThat(given.access.allows(OTHER, AccessRule.VIEW, true)).isTrue();
        assertThat(given.access.allows(Caller.bundle("third"), AccessRule.SUBMIT, true))
                .isTrue();
    }

    @Test
    void aBadChangeLeavesTheLastGoodRoleInForce() {
        AccessFixture given = new AccessFixture().role("own", "members", "user:ann", "permissions", "view");
        given.role("own", "members", "user:ann", "permissions", "view", "priority.best", "0");
        assertThat(given.access.allows(ANN, AccessRule.VIEW, true)).isTrue();
        assertThat(given.configured("own").examine().get(0).problem()).contains("from 1 to 100");
    }

    @Test
    void aRoleWithoutMembersOrPermissionsIsRefused() {
        AccessFixture given = new AccessFixture().role("empty", "priority.best", "2");
        assertThat(given.configured("empty").examine().get(0).problem())
                .isEqualTo("members is missing: for example members = user:ann, bundle:com.acme.reports");
    }

    @Test
    void whatGoesForAllGoesForOnesOwn() {
        assertThat(Permission.parse("retry:all")).containsExactly(Permission.RETRY, Permission.RETRY_ALL);
    }
}
