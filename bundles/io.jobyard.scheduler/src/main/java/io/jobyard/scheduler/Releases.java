// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.spi.Access;
import io.jobyard.api.spi.BundleQuarantine;
import io.jobyard.api.spi.Caller;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.Operation;
import java.time.Clock;

/** What people do to bundles that are set aside. Safe for use by several threads. */
final class Releases {

    private final BundleQuarantine quarantine;
    private final JobRepository repository;
    private final Access access;
    private final Clock clock;

    Releases(BundleQuarantine quarantine, JobRepository repository, Access access, Clock clock) {
        this.quarantine = quarantine;
        this.repository = repository;
        this.access = access;
        this.clock = clock;
    }

    void release(String bundle, Caller caller) {
        access.require(caller, Operation.RELEASE);
        quarantine.release(bundle);
        Futures.join(repository.append(Audits.release(caller, clock.instant(), bundle)));
    }
}
