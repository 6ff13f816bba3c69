// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.JobId;
import io.jobyard.api.JobTerms;
import io.jobyard.api.ValidationException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Jobs of one call and their local names. Rejects duplicate names, unknown names and cycles. */
final class SubmissionBatch {

    private final List<CheckedSpecification> asked;
    /** Index of the job with a name. If several jobs have one key, the first is stored, and the others refer to it. */
    private final Map<String, Integer> byName = new HashMap<>();

    private final Map<String, List<Integer>> byGroup = new HashMap<>();

    SubmissionBatch(List<CheckedSpecification> asked) {
        this.asked = List.copyOf(asked);
        Map<String, Integer> byKey = new HashMap<>();
        Set<String> ended = new HashSet<>();
        for (int i = 0; i < asked.size(); i++) {
            String name = asked.get(i).name();
            String key = asked.get(i).terms().identity().key();
            Integer same = key == null ? null : byKey.putIfAbsent(key, i);
            String group = asked.get(i).terms().identity().group();
            String ends = asked.get(i).terms().identity().endsGroup();
            if (group != null) {
                byGroup.computeIfAbsent(group, any -> new ArrayList<>()).add(i);
            }
            if (ends != null && same == null && !ended.add(ends)) {
                throw fault(i, new ValidationException("endsGroup", "group '" + ends + "' has two end jobs: use one"));
            }
            if (name != null && byName.put(name, same == null ? i : same) != null) {
                throw fault(
                        i,
                        new ValidationException(
                                "name", "name '" + name + "' is used twice: give each job a different name"));
            }
        }
        for (int i = 0; i < asked.size(); i++) {
            requireKnownNames(i);
        }
        requireNoCircle();
    }

    List<CheckedSpecification> asked() {
        return asked;
    }

    /** Adds the index of a job to its error. */
    ValidationException fault(int index, ValidationException fault) {
        return asked.size() == 1 ? fault : new ValidationException(index, fault);
    }

    /** Returns the IDs of a job's dependencies, once every job of the batch has an ID. */
    Set<JobId> dependencies(CheckedSpecification one, List<JobId> ids) {
        Set<JobId> dependencies = new LinkedHashSet<>(one.parents().ids());
        one.parents().names().forEach(name -> dependencies.add(ids.get(indexOf(name))));
        return dependencies;
    }

    /** @param name name of a job in this batch */
    private int indexOf(String name) {
        return Objects.requireNonNull(byName.get(name));
    }

    /** Returns the terms of a job, with the policies of its dependencies. */
    JobTerms terms(CheckedSpecification one, List<JobId> ids) {
        Map<JobId, DependencyPolicy> policies = new HashMap<>(one.parents().policies());
        one.parents().namePolicies().forEach((name, policy) -> {
            DependencyPolicy other = policies.put(ids.get(indexOf(name)), policy);
            if (other != null && other != policy) {
                throw new ValidationException(
                        "dependencies",
                        "dependency '" + name + "' names the same job as another dependency, with the policies "
                                + other.text() + " and " + policy.text() + ": name the job once");
            }
        });
        return one.terms().dependencyPolicies(policies);
    }

    private void requireKnownNames(int index) {
        for (String name : asked.get(index).parents().names()) {
            if (!byName.containsKey(name)) {
                throw fault(
                        index,
                        new ValidationException(
                                "dependencies",
                                "unknown dependency '" + name + "': no job of this call has this name"
                                        + (byName.isEmpty()
                                                ? ""
                                                : "; use one of "
                                                        + String.join(", ", new TreeSet<>(byName.keySet())))));
            }
        }
    }

    /** Removes jobs without unresolved dependencies until nothing, or only cycles, remain (Kahn, 1962). */
    private void requireNoCircle() {
        int[] open = new int[asked.size()];
        List<List<Integer>> dependents = new ArrayList<>();
        asked.forEach(any -> dependents.add(new ArrayList<>()));
        Deque<Integer> free = new ArrayDeque<>();
        for (int i = 0; i < open.length; i++) {
            for (int parent : parents(i)) {
                open[i]++;
                dependents.get(parent).add(i);
            }
            if (open[i] == 0) {
                free.add(i);
            }
        }
        int taken = 0;
        for (; !free.isEmpty(); taken++) {
            for (int dependent : dependents.get(free.remove())) {
                if (--open[dependent] == 0) {
                    free.add(dependent);
                }
            }
        }
        if (taken < open.length) {
            throw circle(open);
        }
    }

    private ValidationException circle(int[] open) {
        int at = 0;
        while (open[at] == 0) {
            at++;
        }
        List<String> path = new ArrayList<>();
        Set<Integer> seen = new LinkedHashSet<>();
        while (seen.add(at)) {
            at = next(at, open);
        }
        int start = at;
        seen.stream().dropWhile(i -> i != start).forEach(i -> path.add(nameOf(i)));
        path.add(nameOf(start));
        String field = asked.get(start).parents().names().isEmpty() ? "endsGroup" : "dependencies";
        return fault(
                start, new ValidationException(field, "the dependencies form a cycle: " + String.join(" → ", path)));
    }

    private String nameOf(int i) {
        CheckedSpecification one = asked.get(i);
        String key = one.terms().identity().key();
        return one.name() != null ? one.name() : key != null ? "the job with key " + key : "job " + (i + 1);
    }

    private int next(int at, int[] open) {
        return parents(at).stream().filter(i -> open[i] > 0).findFirst().orElseThrow();
    }

    /** Returns the jobs of the call that a job depends on: those that it names, and those of the group that it closes. */
    private List<Integer> parents(int at) {
        CheckedSpecification one = asked.get(at);
        List<Integer> parents =
                new ArrayList<>(one.parents().names().stream().map(byName::get).toList());
        String ends = one.terms().identity().endsGroup();
        if (ends != null) {
            parents.addAll(byGroup.getOrDefault(ends, List.of()));
        }
        return parents;
    }
}
