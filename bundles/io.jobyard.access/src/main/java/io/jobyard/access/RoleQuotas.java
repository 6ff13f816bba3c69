// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.spi.limits.Quota;
import io.jobyard.spi.limits.Quotas;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Quotas of each submitter. A job stores only its submitter's name, so a user and a bundle with the same name share a
 * quota. With several roles, the most generous value of each key applies, including totals.
 */
final class RoleQuotas {

    private record RoleTotal(String name, Quota quota) {}

    private final Map<String, Grant> grants = new TreeMap<>();
    private final Map<String, List<Map<String, RoleTotal>>> totals = new HashMap<>();

    static Quotas of(Map<String, RoleSettings> roles) {
        return new RoleQuotas(roles).quotas();
    }

    private RoleQuotas(Map<String, RoleSettings> roles) {
        new TreeMap<>(roles).forEach((name, role) -> {
            if (role.grant().submits()) {
                Map<String, RoleTotal> parts = new TreeMap<>();
                QuotaKeys.parts(role.total())
                        .forEach((key, part) ->
                                parts.put(key, new RoleTotal("role " + name + " in total (" + key + ")", part)));
                for (Member member : role.members()) {
                    grants.merge(member.name(), role.grant(), Grant::or);
                    totals.computeIfAbsent(member.name(), any -> new ArrayList<>())
                            .add(parts);
                }
            }
        });
    }

    private Quotas quotas() {
        Map<RoleTotal, Set<String>> members = new HashMap<>();
        grants.keySet()
                .forEach(name -> chosen(name)
                        .forEach(total -> members.computeIfAbsent(total, any -> new TreeSet<>())
                                .add(name)));
        Map<String, List<Quotas.QuotaShare>> shares = new HashMap<>();
        grants.forEach((name, grant) -> {
            List<Quotas.QuotaShare> of = new ArrayList<>();
            if (!grant.quota().equals(Quota.NONE)) {
                of.add(new Quotas.QuotaShare(name, grant.quota(), Set.of(name)));
            }
            chosen(name)
                    .forEach(total -> of.add(new Quotas.QuotaShare(
                            total.name(), total.quota(), Objects.requireNonNull(members.get(total)))));
            if (!of.isEmpty()) {
                shares.put(name, List.copyOf(of));
            }
        });
        Map<String, Integer> weights = new HashMap<>();
        grants.forEach((name, grant) -> {
            if (grant.weight() > 1) {
                weights.put(name, grant.weight());
            }
        });
        return new Quotas(shares, weights);
    }

    /** Returns the most generous total of each key that all roles of a member define. */
    private List<RoleTotal> chosen(String member) {
        List<Map<String, RoleTotal>> all = Objects.requireNonNull(totals.get(member));
        Set<String> keys = new TreeSet<>(all.get(0).keySet());
        all.forEach(role -> keys.retainAll(role.keySet()));
        return keys.stream()
                .map(key -> all.stream()
                        .map(role -> role.get(key))
                        .reduce(RoleQuotas::larger)
                        .orElseThrow())
                .toList();
    }

    private static RoleTotal larger(RoleTotal one, RoleTotal other) {
        return one.quota().or(other.quota()).equals(one.quota()) ? one : other;
    }
}
