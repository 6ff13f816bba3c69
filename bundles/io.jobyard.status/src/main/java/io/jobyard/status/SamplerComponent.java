// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.settings.api.LoopThread;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.samples.SampleStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores samples of the numbers of jobs while this host is the leader. */
@Component(service = CommitListener.class)
public final class SamplerComponent implements CommitListener {

    private static final Logger LOG = LoggerFactory.getLogger(SamplerComponent.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final LoopThread loop;
    private volatile boolean isLeader;

    @Activate
    public SamplerComponent(
            @Reference SampleStore store, @Reference StatusReporterComponent reporter, @Reference Clock clock) {
        Sampler sampler = new Sampler(store, reporter.tally::sampled, clock);
        loop = new LoopThread("jobyard-samples-1", "Numbers of jobs not sampled", () -> sampler.round(isLeader));
        loop.start();
    }

    @Override
    public void opened(StoreSnapshot snapshot) {}

    @Override
    public void committed(List<Committed> changes) {}

    @Override
    public void hosts(Hosts hosts) {
        boolean was = isLeader;
        isLeader = hosts.isLeader();
        if (isLeader != was) {
            loop.wake();
        }
    }

    /** Waits some seconds for the current sample. */
    @Deactivate
    void stop() {
        if (!loop.stop(TIMEOUT)) {
            LOG.warn("Still storing a sample of the numbers of jobs");
        }
    }
}
