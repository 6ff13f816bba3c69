// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.Job;
import io.jobyard.api.handler.PermanentException;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/**
 * Keeps newer payloads from older handlers. By semantic versioning, a payload of a higher major or minor version may have parts that an
 * older handler does not know; a payload of a higher micro version or qualifier does not.
 */
final class NewerPayload {

    private static final String WAITS = "waits for a newer handler";

    private final Function<Job, Stream<Version>> offered;

    /** @param offered returns the versions that hosts offer for a new job */
    NewerPayload(Function<Job, Stream<Version>> offered) {
        this.offered = offered;
    }

    /** Returns whether a handler of this version may not know all parts of the payload. */
    static boolean isOlder(Version handler, Version madeFor) {
        return handler.getMajor() != madeFor.getMajor()
                ? handler.getMajor() < madeFor.getMajor()
                : handler.getMinor() < madeFor.getMinor();
    }

    /**
     * Checks that the handler is not older than the payload.
     *
     * @throws OtherVersionException if a host offers a newer one, for example while hosts are updated one after the other
     * @throws PermanentException if no host does
     */
    void require(Job job, Handler handler, Version madeFor, WaitTime waits) {
        if (!isOlder(handler.version, madeFor)) {
            return;
        }
        String payload = "the payload was made for " + handler.type + " " + madeFor;
        String least = madeFor.getMajor() + "." + madeFor.getMinor();
        if (offered.apply(job).anyMatch(version -> !isOlder(version, madeFor))) {
            String why = WAITS + ": " + payload + ", and this host gave it to " + handler.version;
            throw new OtherVersionException(why, waits.next(WAITS));
        }
        throw new PermanentException(payload + ", and " + handler.version + " is older: deploy " + least
                + " or later again (versions and canary of io.jobyard.types-" + handler.type
                + " must allow it for the job) and retry the job, or submit its payload again for " + handler.version);
    }

    /** Delay of a run for a reason. It grows with the number of the job's runs that were delayed for this reason. */
    interface WaitTime {
        Duration next(String reason);
    }
}
