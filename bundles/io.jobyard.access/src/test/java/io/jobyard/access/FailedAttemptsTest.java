// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.QuotaException;
import io.jobyard.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FailedAttemptsTest {

    private final SettableClock clock = new SettableClock(Instant.EPOCH);
    private final FailedAttempts attempts = new FailedAttempts(clock);

    @Test
    void theDelayDoublesUpToItsLongestAndIsForgotten() {
        for (int n = 0; n < FailedAttempts.FREE_OF_USER; n++) {
            attempts.begin("ann", "here");
        }
        for (int seconds = 1; seconds < 256; seconds *= 2) {
            String rest = "try again in " + seconds + " s";
            assertThatThrownBy(() -> attempts.begin("ann", "here")).hasMessageEndingWith(rest);
            clock.advance(Duration.ofSeconds(seconds));
            attempts.begin("ann", "here");
        }
        clock.advance(Duration.ofSeconds(256));
        attempts.begin("ann", "here");
        assertThatThrownBy(() -> attempts.begin("ann", "here")).hasMessageEndingWith("try again in 300 s");
        clock.advance(FailedAttempts.FORGOTTEN.plusSeconds(1));
        attempts.begin("ann", "here");
        attempts.begin("ann", "here");
    }

    @Test
    void manyAtOnceCountBeforeTheyHaveFailed() {
        for (int n = 0; n < FailedAttempts.FREE_OF_USER; n++) {
            attempts.begin("ann", "here");
        }
        assertThatThrownBy(() -> attempts.begin("ann", "here"))
                .isInstanceOfSatisfying(
                        QuotaException.class,
                        soon -> assertThat(soon.retryAt())
                                .isEqualTo(clock.instant().plusSeconds(1)));
        attempts.forgive("ann", "here");
        assertThatCode(() -> attempts.begin("ann", "here")).doesNotThrowAnyException();
    }

    @Test
    void whoeverTriesManyUsersFromOnePlaceIsSlowedDownToo() {
        for (int n = 0; n < FailedAttempts.FREE_OF_PLACE; n++) {
            attempts.begin("user" + n, "here");
        }
        assertThatThrownBy(() -> attempts.begin("other", "here")).isInstanceOf(QuotaException.class);
        attempts.begin("other", "there");
    }

    @Test
    void aClockThatIsSetBackKeepsNobodyOutForLonger() {
        for (int n = 0; n < FailedAttempts.FREE_OF_USER; n++) {
            attempts.begin("ann", "here");
        }
        clock.set(Instant.EPOCH.minusSeconds(3_600));
        assertThatThrownBy(() -> attempts.begin("ann", "here")).hasMessageEndingWith("try again in 1 s");
    }

    @Test
    void aNetworkOfIpv6IsOnePlaceAndWhatIsNoAddressIsItsOwn() {
        assertThat(RemoteOrigin.of("2001:db8:1:2:3:4:5:6")).isEqualTo(RemoteOrigin.of("2001:db8:1:2::9"));
        assertThat(RemoteOrigin.of("2001:db8:1:2::9")).isEqualTo("2001:db8:1:2:0:0:0:0/64");
        assertThat(RemoteOrigin.of("2001:db8:1:3::9")).isNotEqualTo(RemoteOrigin.of("2001:db8:1:2::9"));
        assertThat(RemoteOrigin.of("::ffff:192.0.2.7")).isEqualTo("192.0.2.7");
        assertThat(RemoteOrigin.of("a:b\nc")).isEqualTo("a:b?c");
    }
}
