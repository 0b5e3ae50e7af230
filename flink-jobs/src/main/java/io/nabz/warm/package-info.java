/** How a rule is started warm: what API and stream say to each other, and the hand-over. */
package io.nabz.warm;
