// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every permission by itself, with every operation, on one's own jobs and on others', by the service and by the shell. */
class PermissionTableTest {

    /** What each permission alone allows: operations on one's own jobs, and after the bar on others'. */
    private static final String TABLE = """
            submit      : SUBMIT CHANGE ALTER SCHEDULE | SUBMIT
            view        : DEPEND VIEW PAYLOAD OVERVIEW SIGN_INS | OVERVIEW
            view:all    : DEPEND VIEW PAYLOAD FOLLOW OVERVIEW SIGN_INS | DEPEND VIEW FOLLOW OVERVIEW
            cancel      : CANCEL |
            cancel:all  : CANCEL | CANCEL
            retry       : RETRY |
            retry:all   : RETRY | RETRY
            signal      : SIGNAL |
            signal:all  : SIGNAL | SIGNAL
            payload     : | PAYLOAD
            operate     : PAUSE RESUME DRAIN RELEASE DOCTOR CONFIGURATION | CHANGE SCHEDULE PAUSE RESUME DRAIN RELEASE DOCTOR CONFIGURATION
            admin       : CONFIGURE DEFINE MAINTAIN AUDIT INTERCEPT DELETE USERS | CONFIGURE DEFINE MAINTAIN AUDIT INTERCEPT DELETE USERS SIGN_INS
            impersonate : IMPERSONATE | ALTER IMPERSONATE
            """;

    static Stream<String> lines() {
        return TABLE.lines();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aPermissionAllowsWhatTheTableSaysAndNothingElse(String line) {
        String permission = line.substring(0, line.indexOf(" : ")).strip();
        String[] allowed = line.substring(line.indexOf(" : ") + 3).split("\\|", 2);
        AccessFixture given = new AccessFixture()
                .role("one", "members", "user:ann, bundle:com.acme.reports", "permissions", permission);
        Caller service = Caller.bundle("com.acme.reports");
        Caller shell = Caller.administrator("root").as("ann");
        for (Caller caller : new Caller[] {service, shell}) {
            assertThat(allowed(given, caller, true))
                    .as("own jobs of %s", caller)
                    .isEqualTo(sorted(allowed[0]));
            assertThat(allowed(given, caller, false))
                    .as("others' jobs and %s", caller)
                    .isEqualTo(sorted(allowed[1]));
        }
    }

    @Test
    void theTableHasEveryPermission() {
        assertThat(TABLE.lines().map(line -> line.split("\\s+:\\s")[0]))
                .containsExactlyElementsOf(
                        Arrays.stream(Permission.values()).map(Permission::text).toList());
    }

    @Test
    void theReferenceHasThePermissionsAsTheyAre() {
        assertThat(PermissionsPage.read()).contains(PermissionsPage.table());
    }

    private static String allowed(AccessFixture given, Caller caller, boolean isOwn) {
        return Arrays.stream(AccessRule.values())
                .filter(operation -> given.access.allows(caller, operation, isOwn))
                .map(AccessRule::name)
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static String sorted(String names) {
        return Arrays.stream(names.strip().split(" ")).sorted().collect(Collectors.joining(" "));
    }
}
