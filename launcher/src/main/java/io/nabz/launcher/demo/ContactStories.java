package io.nabz.launcher.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nabz.launcher.demo.DemoAgents.Agent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Calls, chats, cases and what they leave behind. */
final class ContactStories {
  private static final List<String> TOPICS =
      List.of("delivery", "payment", "refund", "product", "account", "app");

  private ContactStories() {}

  static String topic(Story story) {
    return TOPICS.get(story.random.nextInt(TOPICS.size()));
  }

  private static String queueOf(Story story, String topic) {
    if (story.customer.premium()) {
      return "vip";
    }
    return switch (topic) {
      case "delivery" -> "delivery";
      case "payment", "refund" -> "billing";
      case "account", "app" -> "technical";
      default -> "orders";
    };
  }

  static void simpleCall(Story story) {
    if (call(story, topic(story), 88) && story.chance(35)) {
      survey(story, story.chance(78), "voice");
    }
  }

  static void selfServiceThenCall(Story story) {
    String topic = topic(story);
    String channel = List.of("ivr", "app", "bot", "web").get(story.random.nextInt(4));
    ObjectNode data = story.data().put("channel", channel).put("task", "check-" + topic);
    story.event(Story.SHOP, "selfservice.started", data);
    story.pause(15, 60);
    if (story.chance(25)) {
      story.event(Story.SHOP, "selfservice.succeeded", data.deepCopy());
      return;
    }
    story.event(
        Story.SHOP,
        "selfservice.failed",
        data.deepCopy().put("code", "E-" + (400 + story.random.nextInt(40))));
    story.pause(40, 240);
    boolean answered = call(story, topic, 75);
    if (answered && story.chance(40)) {
      survey(story, story.chance(45), "voice");
    }
  }

  /** Three to five calls about one thing, each less patient. */
  static void repeatCaller(Story story) {
    String topic = topic(story);
    int calls = 3 + story.random.nextInt(3);
    for (int i = 0; i < calls; i++) {
      call(story, topic, i == calls - 1 ? 60 : 8);
      story.pause(150, 900);
    }
    if (story.chance(50)) {
      survey(story, story.chance(15), "voice");
    }
  }

  static void callback(Story story) {
    String contact = story.newId("cb");
    Instant due = story.now().plus(Duration.ofMinutes(20));
    ObjectNode data = story.data().put("contactId", contact).put("dueAt", due.toString());
    data.put("topic", topic(story));
    story.event(Story.PBX, "callback.requested", data);
    if (story.chance(65)) {
      story.pause(240, 1100);
      story.event(Story.PBX, "callback.completed", story.data().put("contactId", contact));
    } else {
      // Nobody calls back; after the promised time the customer does.
      story.goTo(due);
      story.pause(60, 400);
      call(story, "refund", 40);
    }
  }

  static void caseStory(Story story) {
    String topic = topic(story);
    String caseId = story.newId("case");
    call(story, topic, 5);
    ObjectNode data = story.data().put("caseId", caseId).put("topic", topic);
    data.put("priority", story.chance(30) ? "high" : "normal");
    story.event(Story.CRM, "case.opened", data);
    story.pause(120, 500);
    story.event(Story.CRM, "case.updated", story.data().put("caseId", caseId));
    if (story.chance(70)) {
      story.pause(200, 900);
      story.event(Story.CRM, "case.resolved", story.data().put("caseId", caseId));
      if (story.chance(25)) {
        story.pause(100, 500);
        story.event(Story.CRM, "case.reopened", story.data().put("caseId", caseId));
      }
    }
  }

  /**
   * One inbound call.
   *
   * @param resolvedPercent how likely it settles the matter when it is answered
   * @return whether somebody answered
   */
  static boolean call(Story story, String topic, int resolvedPercent) {
    String contact = story.newId("k");
    String queue = queueOf(story, topic);
    story.customer.called(story.now());
    story.event(
        Story.PBX,
        "contact.initiated",
        contact(story, contact, "voice", topic, null).put("direction", "inbound"));
    story.pause(8, 35);
    story.event(Story.PBX, "contact.queued", contact(story, contact, "voice", topic, queue));
    Instant queued = story.now();
    Agent agent = waitForAgent(story, queue, 30 + story.random.nextInt(150));
    if (agent == null) {
      story.event(
          Story.PBX,
          "contact.abandoned",
          contact(story, contact, "voice", topic, queue)
              .put("stage", "queue")
              .put("waitSeconds", Duration.between(queued, story.now()).toSeconds()));
      return false;
    }
    story.event(
        Story.PBX,
        "contact.connected",
        contact(story, contact, "voice", topic, queue)
            .put("agentId", agent.id)
            .put("waitSeconds", Duration.between(queued, story.now()).toSeconds()));
    Instant taken = story.now();
    story.agentState(agent, "busy", taken);
    story.pause(40, 170);
    boolean resolved = story.chance(resolvedPercent);
    String disposition = resolved ? "resolved" : "unresolved";
    if (!resolved && story.chance(20)) {
      Agent second = transfer(story, agent, taken, contact, topic);
      taken = second == agent ? taken : story.now();
      if (second != agent) {
        agent = second;
        story.pause(40, 150);
      }
    }
    story.event(
        Story.PBX,
        "contact.ended",
        contact(story, contact, "voice", topic, agent.queue)
            .put("agentId", agent.id)
            .put("disposition", disposition));
    release(story, agent, taken);
    return true;
  }

  /** To somebody of another queue, when one is free soon; otherwise the agent goes on. */
  private static Agent transfer(
      Story story, Agent agent, Instant taken, String contact, String topic) {
    String queue = agent.queue.equals("orders") ? "technical" : "orders";
    Agent second = story.agents.first(queue, story.now(), Duration.ofSeconds(60), story.random);
    if (second == null) {
      return agent;
    }
    story.goTo(second.freeFrom(story.now(), DemoAgents.LONGEST));
    story.event(
        Story.PBX,
        "contact.transferred",
        contact(story, contact, "voice", topic, queue).put("agentId", second.id));
    release(story, agent, taken);
    story.agentState(second, "busy", story.now());
    return second;
  }

  /** Waits until somebody is free, or until the customer has had enough: then null. */
  private static Agent waitForAgent(Story story, String queue, int patienceSeconds) {
    Duration patience = Duration.ofSeconds(patienceSeconds);
    Agent agent = story.agents.first(queue, story.now(), patience, story.random);
    if (agent == null) {
      story.goTo(story.now().plus(patience));
      return null;
    }
    story.goTo(agent.freeFrom(story.now(), DemoAgents.LONGEST));
    story.pause(1, 4);
    return agent;
  }

  private static void release(Story story, Agent agent, Instant taken) {
    Instant wrapped = story.now().plusSeconds(8 + story.random.nextInt(20));
    story.agentState(agent, "wrap_up", story.now());
    story.agentState(agent, "available", wrapped);
    agent.book(taken, wrapped);
  }

  private static ObjectNode contact(
      Story story, String contactId, String channel, String topic, String queue) {
    ObjectNode data = story.data().put("contactId", contactId).put("channel", channel);
    data.put("topic", topic);
    return queue == null ? data : data.put("queue", queue);
  }

  static void gratefulChat(Story story) {
    chat(
        story,
        List.of(
            "open",
            "agent-greet",
            "open",
            "agent-ask",
            "open",
            "agent-work",
            "agent-solve",
            "relieved",
            "agent-bye",
            "grateful"),
        "resolved");
    if (story.chance(40)) {
      survey(story, true, "chat");
    }
  }

  static void souredChat(Story story) {
    chat(
        story,
        List.of(
            "open",
            "agent-greet",
            "open",
            "agent-ask",
            "annoyed",
            "agent-sorry",
            "annoyed",
            "agent-work",
            "angry",
            "agent-sorry",
            "angry"),
        "unresolved");
    if (story.chance(35)) {
      survey(story, false, "chat");
    }
  }

  private static void chat(Story story, List<String> moods, String disposition) {
    String contact = story.newId("chat");
    String topic = topic(story);
    String orderId = "O-" + (10_000 + story.random.nextInt(89_999));
    String product = story.texts.product(story.random).name(story.customer.language);
    story.event(
        Story.CHAT,
        "contact.initiated",
        contact(story, contact, "chat", topic, null).put("direction", "inbound"));
    story.event(Story.CHAT, "contact.queued", contact(story, contact, "chat", topic, "chat"));
    Agent agent = waitForAgent(story, "chat", 240);
    if (agent == null) {
      story.event(
          Story.CHAT,
          "contact.abandoned",
          contact(story, contact, "chat", topic, "chat").put("stage", "queue"));
      return;
    }
    story.event(
        Story.CHAT,
        "contact.connected",
        contact(story, contact, "chat", topic, "chat").put("agentId", agent.id));
    Instant taken = story.now();
    story.agentState(agent, "busy", taken);
    for (String mood : moods) {
      story.pause(5, 22);
      boolean byAgent = mood.startsWith("agent-");
      ObjectNode data = contact(story, contact, "chat", topic, "chat");
      data.put("text", story.text(topic, mood, orderId, product))
          .put("lang", story.customer.language);
      if (byAgent) {
        data.put("agentId", agent.id);
      } else if (story.chance(60)) {
        // As if the chat platform scored some texts itself.
        data.put("sentiment", sentiment(story, mood));
      }
      story.event(Story.CHAT, byAgent ? "message.sent" : "message.received", data);
    }
    story.pause(3, 15);
    story.event(
        Story.CHAT,
        "contact.ended",
        contact(story, contact, "chat", topic, "chat")
            .put("agentId", agent.id)
            .put("disposition", disposition));
    release(story, agent, taken);
  }

  private static BigDecimal sentiment(Story story, String mood) {
    int hundredths =
        switch (mood) {
          case "angry" -> -90 + story.random.nextInt(25);
          case "annoyed" -> -60 + story.random.nextInt(25);
          case "relieved" -> 30 + story.random.nextInt(25);
          case "grateful" -> 70 + story.random.nextInt(25);
          default -> -10 + story.random.nextInt(25);
        };
    return BigDecimal.valueOf(hundredths, 2);
  }

  static void survey(Story story, boolean satisfied, String touchpoint) {
    story.pause(30, 150);
    String metric = List.of("csat", "nps", "ces").get(story.random.nextInt(3));
    int score =
        metric.equals("nps")
            ? (satisfied ? 8 + story.random.nextInt(3) : story.random.nextInt(6))
            : (satisfied ? 4 + story.random.nextInt(2) : 1 + story.random.nextInt(2));
    String mood = satisfied ? (story.chance(75) ? "survey-good" : "survey-mixed") : "survey-bad";
    ObjectNode data = story.data().put("metric", metric).put("score", score);
    data.put("touchpoint", touchpoint);
    if (story.chance(60)) {
      data.put("comment", story.text("any", mood, "", "")).put("lang", story.customer.language);
    }
    story.event(Story.CRM, "survey.answered", data);
  }

  static void agentBreak(Story story) {
    List<Agent> agents = story.agents.all();
    Agent agent = agents.get(story.random.nextInt(agents.size()));
    if (agent.freeFrom(story.now(), Duration.ofMinutes(25)).isAfter(story.now())) {
      return;
    }
    boolean shiftEnd = story.chance(25);
    Instant back = story.now().plusSeconds((shiftEnd ? 900 : 180) + story.random.nextInt(500));
    story.agentState(agent, shiftEnd ? "offline" : "away", story.now());
    story.agentState(agent, "available", back);
    agent.book(story.now(), back);
  }
}
