// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.spi.CommitListener;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.LaneView;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.Settings;
import io.jobyard.api.spi.StoreSnapshot;
import io.jobyard.api.spi.Taken;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Offers the lanes as a service and feeds them from the store's commits. */
@Component(service = {QueueManager.class, CommitListener.class})
public final class LaneQueueManager implements QueueManager, CommitListener {

    private final Settings<QueueSettings> settings;
    private final Lanes lanes;
    private final Runnable endOfSettings;

    @Activate
    public LaneQueueManager(
            @Reference QueueSettingsComponent settings,
            @Reference GateRegistry gates,
            @Reference JobRepository repository,
            @Reference Clock clock) {
        this(settings, gates, repository, clock, Lanes.WINDOW);
    }

    LaneQueueManager(
            QueueSettingsComponent settings, GateRegistry gates, JobRepository repository, Clock clock, int window) {
        this.settings = settings.settings();
        this.lanes = new Lanes(this.settings::current, gates.gates(), repository::ready, clock, window);
        this.endOfSettings = this.settings.onChange(changed -> wake());
    }

    @Deactivate
    void stop() {
        endOfSettings.run();
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        lanes.opened(snapshot);
    }

    @Override
    public void committed(List<Committed> changes) {
        lanes.committed(changes);
    }

    @Override
    public List<Taken> take(int max, Duration patience) throws InterruptedException {
        return lanes.take(max, patience);
    }

    @Override
    public void putBack(List<Taken> jobs) {
        lanes.putBack(jobs);
    }

    @Override
    public void forget(List<Taken> jobs) {
        lanes.forget(jobs);
    }

    @Override
    public void wake() {
        lanes.wake();
    }

    @Override
    public int levels() {
        return settings.current().levels();
    }

    @Override
    public int defaultLevel() {
        return settings.current().defaultLevel();
    }

    @Override
    public List<LaneView> lanes() {
        return lanes.view();
    }

    @Override
    public Optional<LaneView> lane(LaneKey lane) {
        return lanes.view(lane);
    }
}
