// SPDX-License-Identifier: Apache-2.0
package io.jobyard.simulator;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is asked for. */
final class Workload {

    private static final List<String> SUBMITTERS = List.of("ann", "bob", "cem", "dee");
    private static final List<String> RANGES = List.of("1.0", "2.0", "[1.0,2.0)");

    private final World world;

    Workload(World world) {
        this.world = world;
    }

    String submitter() {
        return one(SUBMITTERS);
    }

    List<JobSpecification> one() {
        return List.of(any().build());
    }

    /** Several, of which each may wait for some before it. */
    List<JobSpecification> batch() {
        List<JobSpecification> batch = new ArrayList<>();
        int size = 2 + world.random.nextInt(6);
        for (int i = 0; i < size; i++) {
            JobSpecificationBuilder next = any().name("n" + i);
            for (int j = 0; j < i; j++) {
                if (world.chance(30)) {
                    next.dependsOn("n" + j);
                    if (world.extended && world.chance(40)) {
                        next.dependsOn("n" + j, one(List.of(DependencyPolicy.values())));
                    }
                }
            }
            batch.add(next.build());
        }
        return batch;
    }

    private JobSpecificationBuilder any() {
        JobSpecificationBuilder next = JobSpecification.type(one(Handlers.TYPES))
                .payload(Map.of())
                .ifDependencyFails(one(List.of(DependencyPolicy.values())));
        if (world.chance(60)) {
            next.priority(1 + world.random.nextInt((int) world.queueSettings.get("priority.levels")));
        }
        if (world.chance(50)) {
            next.maxRetries(world.random.nextInt(3));
        }
        if (world.chance(20)) {
            next.key("k" + world.random.nextInt(3));
        }
        if (world.chance(15)) {
            next.notBefore(world.clock.instant().plus(time()));
        }
        if (world.chance(10)) {
            next.expires(world.clock.instant().plus(time()).plusMillis(1));
        }
        if (world.chance(15)) {
            next.handlerVersion(one(RANGES));
        }
        if (world.chance(world.knobs.limited() ? 40 : 10)) {
            next.queue("q");
        }
        if (world.knobs.limited()) {
            limits(next);
        }
        if (world.extended && world.chance(15)) {
            next.group(group());
        } else if (world.extended && world.chance(5)) {
            next.endsGroup(group());
        }
        for (int i = world.chance(40) ? world.random.nextInt(4) : 0; i > 0; i--) {
            somebody().forEach(next::dependsOn);
            if (world.extended && world.chance(40)) {
                somebody().forEach(id -> next.dependsOn(id, one(List.of(DependencyPolicy.values()))));
            }
        }
        return next;
    }

    private void limits(JobSpecificationBuilder next) {
        if (world.chance(40)) {
            next.limits("api");
        }
        if (world.chance(30)) {
            next.limits(LimitModel.ORDERED).label("n", "" + world.random.nextInt(3));
        }
    }

    /** One of the latest: a closed one is of no more use. */
    private String group() {
        return "g" + (world.life.commits() / 100 - world.random.nextInt(2));
    }

    /** What an operator may want to be different. */
    JobChange change() {
        JobChange next = new JobChange();
        if (world.chance(50)) {
            next.priority(1 + world.random.nextInt((int) world.queueSettings.get("priority.levels")));
        }
        if (world.chance(30)) {
            next.queue(world.chance(50) ? "q" : null);
        }
        if (world.chance(40)) {
            Duration by = world.chance(70) ? time() : time().negated();
            next.notBefore(world.chance(20) ? null : world.clock.instant().plus(by));
        }
        return next.label("n", "" + world.random.nextInt(3));
    }

    /** A job that was admitted, the youngest more often; empty if there is none. */
    List<JobId> somebody() {
        List<Fate> fates = List.copyOf(world.life.fates());
        if (fates.isEmpty()) {
            return List.of();
        }
        int size = fates.size();
        int back = world.random.nextInt(world.chance(60) ? Math.min(8, size) : size);
        return List.of(fates.get(size - 1 - back).id());
    }

    /** Some time, short or long. */
    Duration time() {
        return switch (world.random.nextInt(4)) {
            case 0 -> Duration.ofNanos(1_000L * world.random.nextInt(20_000));
            case 1 -> Duration.ofSeconds(1 + world.random.nextInt(10));
            case 2 -> Duration.ofSeconds(30 + world.random.nextInt(300));
            default -> Duration.ofMinutes(10 + world.random.nextInt(120));
        };
    }

    <T> T one(List<T> from) {
        return from.get(world.random.nextInt(from.size()));
    }
}
