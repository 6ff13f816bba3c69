// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.LaneCount;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.LaneView;
import io.jobyard.api.spi.ReadyJob;
import io.jobyard.api.spi.StoreSnapshot;
import io.jobyard.api.spi.StoredJob;
import io.jobyard.api.spi.Taken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All lanes in memory, fed by commits. Safe for use by several threads: one lock, which no read of the store holds. */
final class Lanes {

    static final int WINDOW = 1_000;

    private static final int SMALLEST_WINDOW = 16;
    private static final int ALL_WINDOWS = 100_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Order order;
    private final Gates gates;
    private final Quarantine quarantine = new Quarantine();
    private final Refill refill;
    private final Clock clock;
    private final int window;

    Lanes(Supplier<QueueSettings> settings, Gates gates, Refill refill, Clock clock) {
        this(settings, gates, refill, clock, WINDOW);
    }

    /** With so many jobs of a lane in memory at most, before a refill or a trim. */
    Lanes(Supplier<QueueSettings> settings, Gates gates, Refill refill, Clock clock, int window) {
        this.order = new Order(settings, gates);
        this.gates = gates;
        this.refill = refill;
        this.clock = clock;
        this.window = window;
        gates.add(quarantine);
    }

    void opened(StoreSnapshot snapshot) {
        locked(() -> {
            order.clear();
            quarantine.clear();
            for (LaneCount count : snapshot.lanes()) {
                order.lane(count.lane()).stored(count.queued(), count.oldest());
            }
        });
    }

    void committed(List<Committed> changes) {
        locked(() -> {
            for (Committed change : changes) {
                quarantine.committed(change.after());
                StoredJob before = change.before();
                if (before != null && before.job().status() == JobStatus.QUEUED) {
                    leave(before);
                }
                if (change.after().job().status() == JobStatus.QUEUED) {
                    arrive(change.after());
                }
            }
        });
    }

    void putBack(List<Taken> jobs) {
        locked(() -> giveBack(jobs));
    }

    void forget(List<Taken> jobs) {
        locked(() -> jobs.forEach(job -> quarantine.over(job.place().id())));
    }

    void wake() {
        locked(() -> {});
    }

    List<Taken> take(int max, Duration patience) throws InterruptedException {
        List<Taken> taken = new ArrayList<>();
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (true) {
                takeReady(taken, max);
                if (!taken.isEmpty() || left <= 0) {
                    return taken;
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    List<LaneView> view() {
        lock.lock();
        try {
            return order.all().stream()
                    .filter(lane -> lane.queued > 0)
                    .map(this::view)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    Optional<LaneView> view(LaneKey key) {
        lock.lock();
        try {
            return Optional.ofNullable(order.find(key)).map(this::view);
        } finally {
            lock.unlock();
        }
    }

    private LaneView view(Lane lane) {
        return new LaneView(lane.key, lane.queued, lane.hasNext() ? lane.head().readyAt() : null, gates.shut(lane.key));
    }

    private void takeReady(List<Taken> taken, int max) {
        Instant now = clock.instant();
        while (taken.size() < max) {
            Order.Choice choice = order.next(now);
            if (choice == null) {
                return;
            }
            Lane lane = choice.lane();
            if (lane.isRefilling()) {
                return; // another thread reads on, and will wake this one
            }
            if (lane.needsRefill()) {
                refill(lane, taken);
            } else {
                Taken job = new Taken(lane.key, lane.take());
                quarantine.took(lane.key, job.place().id());
                taken.add(job);
                order.served(choice);
                order.dropIfEmpty(lane);
            }
        }
    }

    private void refill(Lane lane, List<Taken> taken) {
        int limit = windowLimit();
        ReadyJob after = lane.beginRefill();
        List<ReadyJob> read = null;
        lock.unlock();
        try {
            read = refill.read(lane.key, after, limit);
        } finally {
            lock.lock();
            endRefill(lane, read, limit, taken);
        }
    }

    private void endRefill(Lane lane, @Nullable List<ReadyJob> read, int limit, List<Taken> taken) {
        if (read != null) {
            lane.endRefill(read, read.size() == limit);
            order.dropIfEmpty(lane);
        } else {
            lane.abandonRefill();
            giveBack(taken);
            taken.clear();
        }
        changed.signalAll();
    }

    private void giveBack(List<Taken> jobs) {
        for (Taken job : jobs) {
            quarantine.over(job.place().id());
            Lane lane = order.find(job.lane());
            if (lane != null) {
                lane.arrived(job.place(), windowLimit());
            }
        }
    }

    private void arrive(StoredJob job) {
        Lane lane = order.lane(LaneKey.of(job));
        lane.queued++;
        lane.arrived(place(job), windowLimit());
    }

    private void leave(StoredJob job) {
        Lane lane = order.find(LaneKey.of(job));
        if (lane != null) {
            lane.queued--;
            lane.left(place(job));
            order.dropIfEmpty(lane);
        }
    }

    private int windowLimit() {
        return Math.max(
                Math.min(SMALLEST_WINDOW, window),
                Math.min(window, ALL_WINDOWS / Math.max(1, order.all().size())));
    }

    private void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static ReadyJob place(StoredJob job) {
        Instant readyAt = job.books().readyAt();
        if (readyAt == null) {
            throw new IllegalStateException("queued job " + job.id() + " has no ready instant");
        }
        return new ReadyJob(readyAt, job.id());
    }
}
