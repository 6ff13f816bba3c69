// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.AccessException;
import io.jobyard.spi.access.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types that roles let their members submit. */
class TypeGrantTest {

    private static final Caller ANN = Caller.user("ann");

    private final AccessFixture given = new AccessFixture();

    /** Of {@code types}, empty for a role without the key: whether an ordinary type and a privileged one may be submitted. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, echo, true, false",
                "*, echo, true, false",
                "'summarize_*,echo', echo, true, true",
                "'summarize_*,echo', summarize_page, true, false",
                "'summarize_*,echo', mail, false, false",
                "echo*, echo, true, false",
                "echo, echo, true, true",
                "'*,echo', echo, true, true",
                "'*,mail', echo, true, false"
            })
    void aGlobGrantsNoPrivilegedType(String types, String type, boolean usual, boolean privileged) {
        if (types == null) {
            given.role("one", "members", "user:ann", "permissions", "submit");
        } else {
            given.role("one", "members", "user:ann", "permissions", "submit", "types", types);
        }
        assertThat(given.access.allowsType(ANN, type, false)).isEqualTo(usual);
        assertThat(given.access.allowsType(ANN, type, true)).isEqualTo(privileged);
    }

    @Test
    void ofSeveralRolesThoseCountThatLetSubmit() {
        given.role("one", "members", "user:ann", "permissions", "submit", "types", "mail");
        given.role("two", "members", "user:ann", "permissions", "submit", "types", "command");
        given.role("three", "members", "user:ann", "permissions", "operate", "types", "http_request");
        assertThat(given.access.allowsType(ANN, "mail", false)).isTrue();
        assertThat(given.access.allowsType(ANN, "command", true)).isTrue();
        assertThat(given.access.allowsType(ANN, "http_request", true)).isFalse();
        assertThat(given.access.allowsType(ANN, "echo", false)).isFalse();
    }

    @Test
    void theLocalAdministratorAndTheSenderOfWebhooksHaveEveryType() {
        String administrator = System.getProperty("user.name");
        assertThat(given.access.allowsType(Caller.administrator("root"), "command", true))
                .isTrue();
        assertThat(given.access.allowsType(Caller.bundle("io.jobyard.webhooks"), "http_request", true))
                .isTrue();
        assertThat(given.access.allowsType(Caller.job(administrator), "command", true))
                .isTrue();
        given.role("one", "members", "bundle:io.jobyard.webhooks", "permissions", "submit", "types", "echo");
        assertThat(given.access.allowsType(Caller.bundle("io.jobyard.webhooks"), "http_request", true))
                .isTrue();
    }

    @Test
    void nobodyElseHasPrivilegedTypesWithoutARole() {
        for (Caller caller : new Caller[] {
            Caller.bundle("com.acme"),
            Caller.user("io.jobyard.webhooks"),
            Caller.sql("shop"),
            Caller.job("com.acme"),
            Caller.administrator("root").as("ann")
        }) {
            assertThat(given.access.allowsType(caller, "command", true))
                    .as("%s", caller)
                    .isFalse();
        }
        assertThat(given.access.allowsType(Caller.bundle("com.acme"), "echo", false))
                .isTrue();
    }

    @Test
    void aNameThatRolesListHasWhatTheyNameAlsoInItsJobs() {
        String administrator = System.getProperty("user.name");
        given.role("one", "members", "user:ann, user:" + administrator, "permissions", "submit", "types", "command");
        assertThat(given.access.allowsType(Caller.job("ann"), "command", true)).isTrue();
        assertThat(given.access.allowsType(Caller.job(administrator), "http_request", true))
                .isFalse();
    }

    @Test
    void theRefusalSaysWhereToNameTheType() {
        given.role("one", "members", "user:ann", "permissions", "submit");
        assertThatThrownBy(() -> given.access.requireType(ANN, "command", true))
                .isInstanceOfSatisfying(
                        AccessException.class,
                        fault -> assertThat(fault.permission()).isEqualTo("types"))
                .hasMessage(
                        "user ann may not submit jobs of type command: the type is privileged and must be named in"
                                + " full in a role; add it to types of a role with permission submit in etc/io.jobyard.roles-NAME.cfg");
    }
}
