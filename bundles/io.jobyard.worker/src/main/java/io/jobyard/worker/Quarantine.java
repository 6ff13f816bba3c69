// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.Finding;
import io.jobyard.api.Remedy;
import io.jobyard.api.StateConflictException;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.handlers.BundleQuarantine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Quarantined bundles, by symbolic name and version. A bundle is quarantined if its stuck runs block as many threads as there are workers,
 * or if it alone had runs when the host was lost several times.
 */
final class Quarantine implements BundleQuarantine, Examiner {

    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
    /** Longest time between losses that count as consecutive. */
    private static final Duration ROW = Duration.ofHours(1);

    private final IntSupplier mostLosses;
    private final HostLosses file;
    private final Clock clock;
    private final Map<String, Instant> stuck = new TreeMap<>();
    private final Map<String, HostLosses.Loss> losses = new TreeMap<>();
    private volatile Runnable listener = () -> {};
    /** Bundles with an entry. It is read without the lock. */
    private volatile Set<String> known = Set.of();

    /** @param mostLosses returns the number of consecutive losses that quarantine a bundle; 0 for never */
    Quarantine(IntSupplier mostLosses, HostLosses file, Clock clock) {
        this.mostLosses = mostLosses;
        this.file = file;
        this.clock = clock;
        losses.putAll(file.read());
        known = Set.copyOf(losses.keySet());
    }

    /** Sets the listener for changes; replaces an earlier listener. */
    void onChange(Runnable next) {
        listener = next;
    }

    /** Quarantines these bundles, because their stuck runs block as many threads as there are workers. */
    void stuck(Set<String> bundles) {
        change(() -> bundles.forEach(bundle -> {
            if (stuck.putIfAbsent(bundle, clock.instant()) == null) {
                LOG.warn("Bundle {} quarantined: {}", bundle, why(bundle).orElse(""));
            }
        }));
    }

    /**
     * Records that handlers of these bundles ended the process, even if other bundles had runs. The next start does not count this loss
     * again.
     */
    void ended(Set<String> bundles) {
        change(() -> {
            bundles.forEach(
                    bundle -> losses.put(bundle, oneMore(losses.get(bundle)).byName()));
            file.write(losses);
        });
    }

    @Override
    public void hostBegan(Set<String> bundles) {
        change(() -> {
            Map<String, HostLosses.Loss> before = new HashMap<>(losses);
            losses.entrySet()
                    .removeIf(loss -> !isLost(loss.getKey()) && !loss.getValue().named()); // the count restarts at zero
            losses.replaceAll((bundle, loss) -> loss.counted());
            if (bundles.size() == 1) {
                bundles.forEach(bundle -> losses.put(bundle, oneMore(before.get(bundle))));
            }
            file.write(losses);
            bundles.stream()
                    .filter(this::isLost)
                    .forEach(bundle -> LOG.warn(
                            "Bundle {} quarantined: {}", bundle, why(bundle).orElse("")));
        });
    }

    private HostLosses.Loss oneMore(HostLosses.@Nullable Loss before) {
        Instant now = clock.instant();
        int inARow = before != null && before.last().plus(ROW).isAfter(now) ? before.count() : 0;
        return new HostLosses.Loss(inARow + 1, now, false);
    }

    /** Releases a bundle. A name without a version releases all its versions. */
    @Override
    public void release(String name) {
        if (!forget(name)) {
            throw new StateConflictException("bundle " + name + " is not quarantined");
        }
        LOG.info("Bundle {} released from quarantine", name);
    }

    /** Returns whether an entry was removed. */
    boolean forget(String name) {
        boolean[] any = {false};
        change(() -> {
            any[0] = stuck.keySet().removeIf(bundle -> isNamed(bundle, name));
            if (losses.keySet().removeIf(bundle -> isNamed(bundle, name) && isLost(bundle))) {
                any[0] = true;
                file.write(losses);
            }
        });
        return any[0];
    }

    /**
     * Returns whether the bundle is quarantined. Waits for a lock only if the bundle has an entry, because the store's writing thread calls
     * it.
     */
    boolean isAside(String bundle) {
        return known.contains(bundle) && why(bundle).isPresent();
    }

    /** Returns the reason why the bundle is quarantined; empty if it is not. */
    synchronized Optional<String> why(String bundle) {
        Instant since = stuck.get(bundle);
        if (since != null) {
            return Optional.of(
                    "as many threads were stuck as there are workers, some of them in this bundle, at " + since);
        }
        HostLosses.Loss loss = losses.get(bundle);
        return loss == null || !isLost(bundle)
                ? Optional.empty()
                : Optional.of("the host crashed " + loss.count()
                        + " times in a row with runs of only this bundle or by its System.exit, last at "
                        + loss.last());
    }

    @Override
    public List<Finding> examine() {
        Set<String> bundles = new TreeSet<>();
        synchronized (this) {
            bundles.addAll(stuck.keySet());
            bundles.addAll(losses.keySet());
        }
        return bundles.stream()
                .flatMap(bundle -> why(bundle)
                        .map(why -> new Finding(
                                        Finding.QUARANTINE,
                                        "bundle " + bundle + " is quarantined: " + why,
                                        "update or release it")
                                .with(Remedy.RemedyKind.RELEASE_BUNDLE.of(bundle.split(" ")[0])))
                        .stream())
                .toList();
    }

    private boolean isLost(String bundle) {
        HostLosses.Loss loss = losses.get(bundle);
        int most = mostLosses.getAsInt();
        return loss != null && most > 0 && loss.count() >= most;
    }

    private static boolean isNamed(String bundle, String name) {
        return bundle.equals(name) || bundle.startsWith(name + " ");
    }

    private void change(Runnable work) {
        synchronized (this) {
            work.run();
            Set<String> now = new TreeSet<>(stuck.keySet());
            now.addAll(losses.keySet());
            known = Set.copyOf(now);
        }
        listener.run();
    }
}
