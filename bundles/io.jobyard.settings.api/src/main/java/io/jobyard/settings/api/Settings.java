// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import io.jobyard.api.Finding;
import io.jobyard.spi.Examiner;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.osgi.service.component.annotations.Modified;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings of a PID, which may change. The last valid values are kept, even after restarts. Reads return snapshots. A component with a
 * configuration extends this class, and applies the first configuration in its constructor.
 *
 * @param <T> record of the checked values
 */
public class Settings<T> implements Examiner, SettingsCheck {

    private static final Logger LOG = LoggerFactory.getLogger(Settings.class);

    private final String pid;
    private final Function<SettingsReader, T> parser;
    final LastGood lastGood;
    final T first;
    private final List<Consumer<T>> listeners = new CopyOnWriteArrayList<>();
    private volatile T current;
    private volatile List<String> problems = List.of();
    private boolean begun;

    /**
     * Creates the settings with the defaults.
     *
     * @param parser reads every key and checks the values
     * @param lastGood storage for the last valid values
     */
    public Settings(String pid, Function<SettingsReader, T> parser, LastGood lastGood) {
        this.pid = pid;
        this.parser = parser;
        this.lastGood = lastGood;
        this.first = parse(new SettingsReader(Map.of()));
        this.current = first;
    }

    /**
     * Creates the settings with a value that applies until the first valid configuration.
     *
     * @param first first value, for example one that allows nothing
     * @param parser reads every key and checks the values
     * @param lastGood storage for the last valid values
     */
    public Settings(String pid, T first, Function<SettingsReader, T> parser, LastGood lastGood) {
        this.pid = pid;
        this.parser = parser;
        this.lastGood = lastGood;
        this.first = first;
        this.current = first;
    }

    /**
     * Applies a changed configuration. An invalid one is refused as a whole: each problem is logged, and the last valid values remain,
     * after a start those of an earlier incarnation. If a file with a wrong name has replaced the valid one, the first values apply again.
     *
     * @param raw configuration from Config Admin
     */
    @Modified
    public final synchronized void update(Map<String, ?> raw) {
        SettingsReader reader = new SettingsReader(raw);
        try {
            T next = parse(reader);
            problems = List.of();
            lastGood.keep(reader.texts());
            take(next);
        } catch (InvalidSettingsException e) {
            String stays = reader.has(SettingsReader.MISNAMED) ? startOver() : begun ? "" : restore();
            problems = e.problems();
            problems.forEach(problem -> LOG.warn("{}: {}; {} stays in force{}", pid, problem, current, stays));
        }
        begun = true;
    }

    private void take(T next) {
        if (!next.equals(current)) {
            current = next;
            LOG.info("{}: {}", pid, next);
            listeners.forEach(listener -> listener.accept(next));
        }
    }

    /** Returns to the first value, because the file of the valid values was deleted. */
    private String startOver() {
        lastGood.forget();
        take(first);
        return "";
    }

    /** Applies the last valid values of an earlier incarnation. Returns their age for the log. */
    private String restore() {
        return lastGood.read()
                .map(kept -> {
                    try {
                        take(parse(new SettingsReader(kept.values())));
                        return ", as it has been since " + kept.since();
                    } catch (InvalidSettingsException e) {
                        return ": the last good values are refused too (" + e.getMessage() + ")";
                    }
                })
                .orElse("");
    }

    /** Returns a snapshot of the active values. */
    public T current() {
        return current;
    }

    /** Returns the problems of the latest configuration, one per line; empty if it is active. */
    public final List<String> problems() {
        return problems;
    }

    /** Returns a finding for each problem; empty if the latest configuration is active. */
    @Override
    public List<Finding> examine() {
        return problems.stream()
                .map(problem -> new Finding(pid, problem, "fix it; until then " + current + " is in force"))
                .toList();
    }

    /**
     * Registers a listener for new active values. It is called on the thread that applies them.
     *
     * @param listener receives the new values
     * @return action that removes the listener
     */
    public final Runnable onChange(Consumer<T> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public final String pid() {
        return pid;
    }

    @Override
    public boolean isFactory() {
        return false;
    }

    @Override
    public final List<String> check(String name, Map<String, ?> raw) {
        return new ParserCheck(pid, parser).check(name, raw);
    }

    private T parse(SettingsReader reader) {
        T parsed = parser.apply(reader);
        reader.finish();
        return parsed;
    }
}
