// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.store.jpa.feed.RemoteCommits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** How far a host has come in what the others have committed. What it reads is merged by the store's own code. */
final class FeedReader {

    /**
     * What is new.
     *
     * @param positions up to where it was read of each life
     */
    record News(RemoteCommits changes, List<Consumer<CommitListener>> others, Map<Integer, Long> positions) {

        static final News NOTHING = new News(new RemoteCommits(List.of(), List.of()), List.of(), Map.of());
    }

    private final World world;
    private final int self;
    /** The last row of each other life that was read; lives that have ended and were read are not among them. */
    private final Map<Integer, Long> positions = new TreeMap<>();

    private int highest;

    /** Begins behind all that is there. */
    FeedReader(World world, int self) {
        this.world = world;
        this.self = self;
        world.database.lives.rows().values().forEach(life -> {
            highest = Math.max(highest, life.number());
            if (!life.hasEnded()) {
                positions.put(life.number(), 0L);
            }
        });
        positions.remove(self);
        positions.replaceAll((life, none) -> last(life));
    }

    private long last(int life) {
        return world.database.feed.rows().keySet().stream()
                .filter(key -> key.life() == life)
                .mapToLong(FeedRow.Key::number)
                .max()
                .orElse(0);
    }

    /** Whether others have committed what it has not read. */
    boolean isBehind() {
        return world.database.feed.rows().keySet().stream().anyMatch(this::isNew);
    }

    private boolean isNew(FeedRow.Key key) {
        if (key.life() == self || key.life() <= highest && !positions.containsKey(key.life())) {
            return false;
        }
        return key.number() > positions.getOrDefault(key.life(), 0L);
    }

    /** As of now; what was read is new until it is {@link #taken}. */
    News read() {
        Map<FeedRow.Key, FeedRow> rows = new HashMap<>(world.database.feed.rows());
        if (world.fault == SeededFault.FEED_BEFORE_COMMIT) {
            rows.putAll(world.database.feed.uncommitted());
        }
        Map<Integer, TreeMap<Long, FeedRow>> fresh = new TreeMap<>();
        rows.forEach((key, row) -> {
            if (isNew(key)) {
                fresh.computeIfAbsent(key.life(), any -> new TreeMap<>()).put(key.number(), row);
            }
        });
        List<List<Committed>> changes = new ArrayList<>();
        List<Consumer<CommitListener>> others = new ArrayList<>();
        Map<Integer, Long> read = new TreeMap<>();
        fresh.forEach((life, ofLife) -> {
            changes.add(ofLife.values().stream()
                    .flatMap(row -> row.changes().stream())
                    .toList());
            ofLife.values().forEach(row -> others.addAll(row.news()));
            read.put(life, ofLife.lastKey());
        });
        return new News(new RemoteCommits(changes, List.of()), others, read);
    }

    /** It will be told. */
    void taken(News news) {
        news.positions().forEach((life, number) -> {
            while (highest < life) {
                positions.putIfAbsent(++highest, 0L); // also of one that began earlier, and has written nothing yet
            }
            positions.put(life, number);
        });
        positions.remove(self);
    }

    /** Those that began before the last of these, and are not among them, have ended: all of them was read. */
    void forgetAllBut(Set<Integer> living) {
        int last = living.stream().mapToInt(Integer::intValue).max().orElse(0);
        positions.keySet().removeIf(life -> life < last && !living.contains(life));
    }
}
