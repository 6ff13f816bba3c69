// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import io.jobyard.handler.llm.chat.AnswerBudget.Room;
import io.jobyard.handler.llm.chat.CallCost;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bounds of all turns together.
 *
 * @param usd the maximum cost; null for no maximum
 */
record AgentBounds(int turns, long tokens, @Nullable Double usd) {

    static final String TURNS = "turns";
    static final String TOKENS = "tokens";
    static final String COST = "cost";

    /** Returns the bound that allows no further turn; empty for none. */
    Optional<String> reached(int turnsDone, CallCost spent) {
        if (tokensLeft(spent) <= 0) {
            return Optional.of(TOKENS);
        }
        Double left = usdLeft(spent);
        if (left != null && left <= 0) {
            return Optional.of(COST);
        }
        return turnsDone >= turns ? Optional.of(TURNS) : Optional.empty();
    }

    long tokensLeft(CallCost spent) {
        return tokens - spent.usage().tokens();
    }

    @Nullable
    Double usdLeft(CallCost spent) {
        return usd == null ? null : usd - (spent.cost() == null ? 0 : spent.cost());
    }

    boolean areOfMoneyOrTokens() {
        return usd != null || tokens < Long.MAX_VALUE;
    }

    /** Returns the bound that makes an answer shorter than the endpoint would allow; empty for none. */
    static Optional<String> tightest(Room room) {
        if (Math.min(room.byTokens(), room.byCost()) >= room.tokens()) {
            return Optional.empty();
        }
        return Optional.of(room.byTokens() <= room.byCost() ? TOKENS : COST);
    }
}
