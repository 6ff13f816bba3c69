// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Contract of every store. The tests of a store extend this class and open an empty store. */
@Timeout(120)
public abstract class StoreConformance
        implements AdmissionConformance,
                AdmissionStartConformance,
                MoveConformance,
                ClaimConformance,
                ChangeConformance,
                DependencyConformance,
                GroupConformance,
                ReleaseConformance,
                AnotherLifeConformance,
                LaneConformance,
                LimitConformance,
                ScheduleConformance,
                BulkConformance,
                RequestConformance,
                FollowerConformance,
                TimeConformance,
                ReadConformance,
                SearchConformance,
                FacetConformance,
                LogConformance,
                UsageConformance,
                SampleConformance,
                StepConformance,
                RunHolderConformance,
                SignalConformance,
                ChildConformance,
                ForkConformance,
                StreamConformance,
                AuditConformance,
                IdentityConformance,
                HostConformance,
                ListenerConformance,
                EventConformance,
                RemovalConformance,
                RestartConformance {

    private @Nullable StoreUnderTest under;

    /** Opens an empty store. */
    protected abstract StoreUnderTest open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        under = open();
    }

    @AfterEach
    void closeStore() {
        under().close();
    }

    @Override
    public final StoreUnderTest under() {
        return Objects.requireNonNull(under, "open a store first");
    }
}
